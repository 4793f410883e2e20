exercise { title = "T", starts = "2026-03-06 17:40", lasts = "3h" }
inject "i" { to = "incident_commander", says = "x" }
question "q" { to = "incident_commander", asks = "?", answers = { "yes: y", "no: n" }, within = "5m" }
local n, seen = 0, {}
local function count(x) n = n + 1 seen[#seen + 1] = x return n end
story "s" (function ()
  phase "detect"
  local o = ask "q"
  while not o.yes do
    deliver "i"
    wait "10m"
    o = ask "q"
    if o.silence or o.late then note(tostring(o.by) .. o.took) break end
  end
  if chance(30) then fact "cut_off" else aware "cut_off" end
  note(pick { "a", "b" } .. pick(3) .. count "x" .. string.format("%5.2f %s", 1 / 3, "y"))
end)
story "t" (function () await "i" wait "1h" finish "over" end)
