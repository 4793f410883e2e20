exercise { title = "T", starts = "2026-03-06 17:40", lasts = "3h", objectives = { "one: First" } }
artefact "paper" { kind = "mail", body = [[Hello]] }
inject "a" { at = "5m", to = { "incident_commander", "person:ana", "team:all" }, via = "phone", says = "Look",
  expect = { "isolate", "look_up", within = "15m" }, tests = "one", away = "ana", facts = { "cut_off" },
  shows = { "paper" }, attack = { "T1486" } }
inject "b" { at = "6m", unless = "declare", class = "contingency", to = "incident_commander", says = "x", hold = true }
inject "c" { at = "7m", one_of = "g", to = "incident_commander", says = "x", back = { "ana" } }
inject "d" { at = "7m", one_of = "g", to = "incident_commander", says = "x" }
decision "e" { at = "8m", to = "incident_commander", asks = "?", answers = { "isolate: yes", "wait: no" } }
