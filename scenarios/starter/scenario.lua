-- An account is taken over, on an ordinary morning
--
-- Cards first: they are the list of what happens (muster list plan.yaml scenario.lua). Stories play them.
-- All the words: scripts/muster.lua; what a rehearsal of all outcomes finds: muster explore plan.yaml scenario.lua

exercise {
  title    = "An account is taken over",
  kind     = "account_takeover",
  starts   = "@TODAY@ 10:00",
  lasts    = "3h",
  severity = "sev1",
  objectives = {
    "contain: The account is cut off within an hour",
    "notify:  Legal knows of the 72-hour clock before noon",
  },
}

inject "odd sign-ins" {
  at     = "0m",
  from   = "the sign-in log",
  to     = "security_lead",
  via    = "pager",
  says   = "The account of a librarian signs in from two countries at once, and has made a forwarding rule.",
  facts  = { "account_taken_over" },
  expect = { "triage", within = "30m" },
  tests  = "contain",
}

inject "an export" {
  at     = "40m",
  from   = "the loan system",
  to     = "it_operator",
  via    = "pager",
  says   = "The same account exported the list of readers at 06:12.",
  facts  = { "personal_data_read" },
  expect = { "isolate", within = "45m" },
  tests  = "contain",
}

inject "a reader calls" {
  at     = "90m",
  class  = "contingency",
  unless = "tell_readers",
  from   = "a reader",
  to     = "comms_lead",
  via    = "phone",
  says   = [["I got a mail from you that asks for my card number. Was that you?"]],
  expect = { "tell_readers", within = "60m" },
  tests  = "notify",
}

question "cut it off" {
  to      = "commander",
  asks    = "If we shut the account now, the intruder knows that we know. What do you order?",
  answers = {
    "now:   Shut it now",
    "watch: Watch it for an hour",
  },
  within  = "20m",
  tests   = "contain",
}

story "the morning" (function ()
  await "odd sign-ins"
  wait "15m"
  local order = ask "cut it off"
  if order.now then
    fact "account_cut_off"
  elseif order.silence then
    note "Nobody took command."
  end
  await "an export"
  aware "personal_data_read"
end)
