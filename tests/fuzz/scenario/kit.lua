exercise { title = "T", starts = "2026-03-06 17:40", lasts = "3h" }
local t = { 3, 1, 2, x = 1, [true] = 2, [1.5] = 3 }
table.sort(t) table.insert(t, 1, 5) table.remove(t) table.insert(t, ("ab"):rep(3, "-"):upper():sub(2, -2))
for k, v in pairs(t) do local s = tostring(k) .. tostring(v) end
for i, v in ipairs(t) do if i > 2 then break end end
local s = table.concat({ 1, "b", 2.5 }, ","):find("b", 1, true)
for i = 1, 3 do
  inject("c" .. i) { at = i .. "m", to = "incident_commander", says = string.format("%d %x %e", i, i, math.max(i, 2)) }
end
goto done
local a, b = table.unpack({ math.floor(1.5), math.tointeger(3.0) })
::done::
