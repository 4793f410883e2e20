---@meta
-- The words of a scenario: the manual, and what an editor completes and checks (lua-language-server reads this file).
--
-- Nouns stand at the top of the file and lay cards on the table; verbs stand inside a story and play them. Whoever only
-- wants things to happen at certain times needs no story: give each card an `at`.
--
-- Times are written "90s", "20m", "3h", "2d". A bare name means what the key is about (a role in `to`, a channel in
-- `via`, ...); any other kind is written with it: "person:ana", "team:all", "external:lab". A wrong name is an error
-- that says what there is: muster check PLAN SCENARIO.
--
-- Of Lua itself there are: local variables, if, while, for, functions; type tostring tonumber pairs (in the order of the
-- keys) ipairs; string.format upper lower len sub rep find (plain text); table.concat insert remove sort unpack;
-- math.floor ceil min max abs tointeger. There is no "..." and no "^", and nothing that knows a clock, a file or chance
-- but the verbs below. A script may take five million steps between two verbs and sixteen mebibytes of memory.
error "for your editor only: a scenario needs no require"

---@alias muster.Duration string "90s", "15m", "4h", "3d"
---@alias muster.Name string a name of the plan
---@alias muster.Act string an action of the plan's matrix, or one of: acknowledge answer declare change_severity notify decide escalate hand_over look_up improvise blocked
---@alias muster.Fact string a fact that the plan declares, or that a severity or an obligation tests

---@class (exact) muster.Exercise
---@field title string
---@field kind? string what a playbook of the plan covers: "ransomware"
---@field starts string "2026-03-06 17:40", local time of the organisation: nights, leave and contracts count from here
---@field lasts muster.Duration
---@field severity? muster.Name the ground truth; players never see it. Left out, it follows from the facts
---@field objectives? string[] "name: what good looks like"
---@field evaluators? muster.Name|muster.Name[] who watches and rates; a name that the plan does not know is somebody from outside
---@field director? muster.Name|muster.Name[] who leads the exercise

---@class muster.Expected
---@field within? muster.Duration for all of them
---@field [integer] muster.Act

---@class (exact) muster.Inject
---@field at? muster.Duration after the start; without it a story delivers the card
---@field class? "inject"|"contextual"|"contingency" contextual: nobody need act on it; contingency: only if something has not happened
---@field from? string who seems to send it
---@field to muster.Name|muster.Name[] a role, or person:, team:, external:
---@field via? muster.Name a channel
---@field says string what is heard, word for word
---@field within? muster.Duration for all that is expected
---@field expect? muster.Act|muster.Expected what a good player does; { "declare", within = "15m" }
---@field unless? muster.Act|muster.Act[] the card is played only if none of these has happened by then
---@field tests? string a name from the exercise's objectives
---@field controller? string a word for the facilitator
---@field shows? string[] names of artefacts
---@field down? muster.Name|muster.Name[] dependencies or assets that fail from now on; channel:, resource:, external:
---@field up? muster.Name|muster.Name[] what stands again
---@field away? muster.Name|muster.Name[] people who cannot be reached from now on
---@field back? muster.Name|muster.Name[] people who can be reached again
---@field compromised? muster.Name|muster.Name[] channels, or what they stand on, in which the intruder reads along from now on
---@field wrong? muster.Name|muster.Name[] people or external: whose first address in the plan turns out not to be theirs
---@field facts? muster.Fact|muster.Fact[] what is true from now on, whether anybody knows it or not
---@field attack? string|string[] ids of ATT&CK: "T1486", "T1078.004"
---@field one_of? string a group of cards of which one is played
---@field hold? boolean waits for the facilitator; without one it is released at its `at`

---@class (exact) muster.Question
---@field at? muster.Duration after the start; without it a story asks
---@field class? "inject"|"contextual"|"contingency"
---@field from? string
---@field to muster.Name|muster.Name[]
---@field via? muster.Name
---@field asks string what is asked, word for word
---@field answers string[] "name: text", in the order they are offered; two or more
---@field within? muster.Duration the time allowed; without it the plan's own ladder decides
---@field expect? muster.Act|muster.Expected
---@field unless? muster.Act|muster.Act[]
---@field tests? string
---@field controller? string
---@field shows? string[]
---@field down? muster.Name|muster.Name[]
---@field up? muster.Name|muster.Name[]
---@field away? muster.Name|muster.Name[]
---@field back? muster.Name|muster.Name[]
---@field compromised? muster.Name|muster.Name[]
---@field wrong? muster.Name|muster.Name[]
---@field facts? muster.Fact|muster.Fact[]
---@field attack? string|string[]
---@field one_of? string
---@field hold? boolean

--- A question whose answer is a decision of the plan: an action of the matrix stands in `expect`, or is an answer. It is
--- recorded with who made it, with what authority, and why.
---@class (exact) muster.Decision : muster.Question

---@class (exact) muster.Artefact
---@field kind string "guardduty", "cloudtrail", "mail", "note", "press", ...
---@field body? string what is seen
---@field file? string or a file beside the scenario that holds it; its name is written out

--- What `ask` gives back. Each answer stands under its name, true or false; a name that the question lacks is an error.
---@class muster.Outcome
---@field silence boolean nobody answered, not even at the end of the plan's ladder
---@field late boolean somebody answered, but not the first one asked
---@field by? string who: "person:ana"
---@field took integer milliseconds
---@field [string] boolean

-- Nouns ---------------------------------------------------------------------------------------------------------------

---@param head muster.Exercise
function exercise(head) end

--- inject "ransom note" { at = "0m", to = "service_desk", says = "..." }
---@param name string
---@return fun(card: muster.Inject)
function inject(name) end

--- question "isolate" { to = "...", asks = "...", answers = { "yes: ...", "no: ..." } }
---@param name string
---@return fun(card: muster.Question)
function question(name) end

--- decision "pay" { to = "...", asks = "...", answers = { "yes: ...", "no: ..." }, expect = "ransom_decision" }
---@param name string
---@return fun(card: muster.Decision)
function decision(name) end

--- artefact "the mail" { kind = "mail", body = [[...]] }
---@param name string
---@return fun(artefact: muster.Artefact)
function artefact(name) end

--- story "the attack" (function () ... end)
---@param name string
---@return fun(play: fun())
function story(name) end

--- use "press-call": borrows what stands in library/press-call.lua beside the scenario, or in scripts/library.
---@param name string
function use(name) end

-- Verbs ---------------------------------------------------------------------------------------------------------------

---@param time muster.Duration let time pass
function wait(time) end

---@param name string play an inject now
function deliver(name) end

---@param name string put a question; comes back when it is answered, or when nobody is left to ask
---@return muster.Outcome
function ask(name) end

---@param name string wait for a card that the clock or another story plays; at once where it was played
function await(name) end

---@param name string a phase of the plan begins
function phase(name) end

---@param name muster.Fact this is true from now on
function fact(name) end

---@param name muster.Fact the organisation is aware of it in law: clocks start
function aware(name) end

---@param text string a line for the report
function note(text) end

---@param percent integer a draw: the same for the same seed
---@return boolean
function chance(percent) end

--- One of a list, drawn; or a number from 1 to n.
---@generic T
---@param list T[]|integer
---@return T
function pick(list) end

---@param why? string end the exercise
function finish(why) end
