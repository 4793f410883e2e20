#include <stdlib.h>
#include <time.h>

#include "scenario/cage.h"
#include "table.h"

/* ---- what is stopped, and by which row ---- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A sanitizer multiplies time, so only a plain build is held to it. */
static void in_time(double from, const char *what)
{
    double took = seconds() - from;
#ifdef SANITIZED
    took = 0;
#endif
    if (took > 2)
        fail_msg("it took %.1f s: %s", took, what);
}

typedef struct hostile {
    const char *source, *stopped;
} hostile;

#define STEPS "stopped: more than 5000000 steps between two verbs"
#define BLOCK "stopped: more than 131072 bytes in one table or one stack of calls"
#define TEXT "stopped: more than 65536 bytes in one text"
#define CHURN "stopped: more than 268435456 bytes of tables built anew between two verbs"
#define MEMORY "stopped: more than 16777216 bytes of memory"

/* The price of each of these hides in one instruction or in one call: what counts instructions alone would let them
 * run. */
static const hostile hostiles[] = {
    {"while true do end", STEPS},
    {"::a:: goto a", STEPS},
    {"repeat local x until false", STEPS},
    {"for i = 1, 1 << 62 do end", STEPS},
    {"for i = 1, 1e300 do end", STEPS},
    {"local function f() return f() end f()", STEPS},
    {"local a, b = ('x'):rep(65000) .. 'y', ('x'):rep(65000) .. 'y' while true do if a == b then end end", STEPS},
    {"local a, b = ('x'):rep(65000) .. 'y', ('x'):rep(65000) .. 'y' while true do if a < b then end end", STEPS},
    {"local a = '0.' .. ('9'):rep(65000) while true do for i = 1, a do break end end", STEPS},
    {"local a = ('x'):rep(60000) while true do local b = a .. 'y' end", STEPS},
    {"local a = ('x'):rep(60000) while true do local b = a:sub(2) end", STEPS},
    {"local a = ('x'):rep(60000) while true do a:upper() a:lower() end", STEPS},
    {"local h, n = ('a'):rep(65000), ('a'):rep(32000) .. 'b' while true do h:find(n, 1, true) end", STEPS},
    {"local h = ('a'):rep(65000) while true do h:find('b') end", STEPS},
    {"local f, a = ('%99.99f'):rep(100), {} for i = 1, 100 do a[i] = 1e300 end while true do string.format(f, "
     "table.unpack(a)) end",
     STEPS},
    {"local s = ('x'):rep(60000) while true do string.format('%s', s) end", STEPS},
    {"local s = ('9'):rep(60000) while true do tonumber(s) end", STEPS},
    {"local t = {} for i = 1, 3000 do t['key ' .. i] = i end while true do for k in pairs(t) do end end", STEPS},
    {"local t = {} for i = 1, 4000 do t[i] = -i end while true do table.sort(t) end", STEPS},
    {"local t = {} for i = 1, 4000 do t[i] = i end table.sort(t, function () while true do end end)", STEPS},
    {"local t = {} for i = 1, 4000 do t[i] = i end while true do table.insert(t, 1, 0) table.remove(t, 1) end", STEPS},
    {"local t = {} for i = 1, 200 do t[i] = i end while true do table.unpack(t) end", STEPS},
    {"local t = {} for i = 1, 4000 do t[i] = 'x' end while true do table.concat(t, 'y') end", STEPS},
    {"local function f(n) if n == 0 then return end return 1, f(n - 1) end while true do f(1000) end", STEPS},
    {"local t, s, i = {}, ('x'):rep(60000), 0 while true do i = i + 1 t[s .. i] = nil end", STEPS},
    {"local t = {} while true do t[#t % 4000 + 1] = function () return t end end", STEPS},
    {"local t, n = {}, 2048 for i = 1, n do t['k' .. i] = i end local i = n while true do t['k' .. (i - n + 1)] = nil "
     "i = i + 1 t['k' .. i] = i end",
     CHURN},
    {"local t, n = {}, 4096 for i = 1, n do t[i * 7.5] = i end local i = n while true do t[(i - n + 1) * 7.5] = nil i "
     "= i + 1 t[i * 7.5] = i end",
     CHURN},
    {"local function f(n) return 1 + f(n + 1) end f(0)", BLOCK},
    {"local t = {} while true do t[#t + 1] = 1 end", BLOCK},
    {"local t, i = {}, 0 while true do i = i + 1 t['k' .. i] = 1 end", BLOCK},
    {"local s = 'x' while true do s = s .. s end", TEXT},
    {"local s = ('x'):rep(1 << 40)", TEXT},
    {"local s = ('x'):rep(2, ('y'):rep(65536))", TEXT},
    {"local t = {} for i = 1, 4000 do t[i] = ('x'):rep(100) end local s = table.concat(t)", TEXT},
    {"local t = {} for i = 1, 5000 do local u = {} for j = 1, 60 do u[j] = {} end t[i] = u end", MEMORY},
    {"local t = {} for i = 1, 2000 do local c = 'x' for j = 1, 14 do c = c .. c end t[i] = c .. i end", MEMORY},
    {"local f for i = 1, 1e9 do local g = f f = function () return g end end", MEMORY},
};

static void every_cost_is_counted_and_every_limit_stops_the_script(void **state)
{
    (void)state;
    double longest = 0;
    for (size_t i = 0; i < sizeof hostiles / sizeof *hostiles; i++) {
        mu_buf expected = {0};
        double from = seconds();
        mu_buf_printf(&expected, "1:1 103 %s", hostiles[i].stopped);
        table_says(hostiles[i].source, expected.text);
        mu_buf_free(&expected);
        in_time(from, hostiles[i].source);
        from = seconds() - from;
        longest = from > longest ? from : longest;
    }
    printf("%zu scripts stopped, the slowest after %.2f s of processor time\n", sizeof hostiles / sizeof *hostiles,
           longest);
}

/* Steps are no time: a script that just fits, fits always; one loop more never does. The bound is found by halving,
 * twice. */
static long most_loops(void)
{
    long low = 1, high = 10000000;
    while (low + 1 < high) {
        long mid = low + (high - low) / 2;
        mu_buf source = {0};
        mu_buf_printf(&source, HEAD "local s = ('x'):rep(5000) for i = 1, %ld do local t = { s .. i } end", mid);
        table t = table_lay(source.text);
        if (t.scenario)
            low = mid;
        else
            high = mid;
        table_clear(&t);
        mu_buf_free(&source);
    }
    return low;
}

static void steps_are_the_same_each_time(void **state)
{
    (void)state;
    long loops = most_loops();
    assert_in_range(loops, 1000, 1000000);
    assert_int_equal(most_loops(), loops);
    assert_int_equal(loops, 26830);
}

/* ---- what is not there ---- */

static void nothing_of_lua_is_there_but_what_was_put_there(void **state)
{
    (void)state;
    static const char *const absent[] = {
        "_G",      "_VERSION",     "assert",       "collectgarbage", "coroutine", "debug",  "dofile",
        "error",   "getmetatable", "io",           "load",           "loadfile",  "next",   "os",
        "package", "pcall",        "print",        "rawequal",       "rawget",    "rawlen", "rawset",
        "require", "select",       "setmetatable", "utf8",           "warn",      "xpcall"};
    static const char *const members[] = {"string.dump",     "string.gsub", "string.gmatch",  "string.match",
                                          "string.byte",     "string.char", "string.reverse", "string.pack",
                                          "table.move",      "table.pack",  "math.random",    "math.sin",
                                          "math.randomseed", "math.sqrt",   "math.huge",      "math.pi"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        mu_buf source = {0}, expected = {0};
        mu_buf_printf(&source, HEAD "local x = %s", absent[i]);
        mu_buf_printf(&expected, "2:11 114 unknown word \"%s\"", absent[i]);
        table_says(source.text, expected.text);
        mu_buf_free(&source);
        mu_buf_free(&expected);
    }
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        mu_buf source = {0}, expected = {0};
        const char *dot = strchr(members[i], '.');
        mu_buf_printf(&source, HEAD "local x = %s", members[i]);
        mu_buf_printf(&expected, "2:%d 114 %.*s has no \"%s\"", (int)(12 + dot - members[i]), (int)(dot - members[i]),
                      members[i], dot + 1);
        table_says(source.text, expected.text);
        mu_buf_free(&source);
        mu_buf_free(&expected);
    }
    table_says(HEAD "local x = (''):gsub('', '')", "2:16 114 string has no \"gsub\"");
    table_says(HEAD "local x = ('').dump", "2:16 114 string has no \"dump\"");
}

static void the_words_cannot_be_changed_by_any_way(void **state)
{
    (void)state;
    table_says(HEAD "ask = nil", "2:1 114 there is no variable \"ask\" to set");
    table_says(HEAD "x = 1", "2:1 114 there is no variable \"x\" to set");
    table_says(HEAD "_ENV.ask = 1", "2:6 114 there is no variable \"ask\" to set");
    table_says(HEAD "string.rep = 1", "2:8 114 there is no variable \"rep\" to set");
    table_says(HEAD "table.insert(string, 1)", "2:1 114 table.insert cannot change the words");
    table_says(HEAD "table.insert(_ENV, 1)", "2:1 114 table.insert cannot change the words");
    table_says(HEAD "table.sort(table)", "2:1 114 table.sort cannot change the words");
    table_says(HEAD "table.remove(math)", "2:1 114 table.remove cannot change the words");
    table_says(HEAD "for k in pairs(_ENV) do local x = k.y.z end for k in pairs(string) do local x = k.y.z end", "");
    table_says(HEAD "local ask = 5 do local _ENV = { x = 1 } local y = x x = 2 end",
               ""); /* its own variables are its own */
}

static void what_the_language_leaves_out_is_refused_before_it_runs(void **state)
{
    (void)state;
    table_says(HEAD "local function f(...) end", "2:18 104 \"...\" is not in the language");
    table_says(HEAD "local x = 2 ^ 3", "2:13 104 powers are not in the language");
    table_says(HEAD "local s = '...^' -- ... ^\n--[[ ... ]] local t = [[ ^ ]]", "");
    table_says("\x1bLua", "1:1 102 the file is compiled Lua");
    table_says(HEAD "local x = '\xe2\x80\xae'", "2:12 102 character U+202E is not allowed");
    table_says(HEAD "local x = 1 \x1b[2J", "2:13 102 character U+001B is not allowed");
    table_says(HEAD "local x = 1\rlocal y", "2:12 102 a carriage return without a line feed");
    table_says(HEAD "local x = '\xff'", "2:12 102 byte 0xFF is not UTF-8");
    table_says(HEAD "local x = 1\r\n", "");
    table_says("\xef\xbb\xbf" HEAD, "");
    static const char *const jumps[] = {" goto a", " break", " ::a::", " and x", " or x", " else", " elseif"};
    mu_buf source = {0};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
        source.len = 0;
        for (int n = 0; n < 10001; n++)
            mu_buf_puts(&source, jumps[i]);
        table t = table_lay(source.text);
        if (!strstr(t.said.text, " 104 more than 10000 jumps"))
            fail_msg("%s: %s", jumps[i], t.said.text);
        table_clear(&t);
    }
    source.len = 0;
    mu_buf_puts(&source, HEAD "local x = 1 local y = 1");
    for (int i = 0; i < 9000; i++)
        mu_buf_puts(&source, " and x");
    table_says(source.text, "");
    mu_buf_free(&source);
}

/* Many mistakes at once, each of which is looked up among many names. */
static void a_file_full_of_mistakes_is_judged_in_time(void **state)
{
    (void)state;
    static const char *const mistakes[] = {"ask 'zzzzzzzz' ", "inject 'a' { to = 'x' } ", "deliver 'i' .. 'j' ",
                                           "note 'x' "};
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        mu_buf source = {0};
        double from = seconds();
        mu_buf_puts(
            &source, HEAD
            "for i = 1, 1990 do inject('card number ' .. i) { to = 'commander', says = 'x' } end local function f() ");
        while (source.len < 1000000)
            mu_buf_puts(&source, mistakes[i]);
        mu_buf_puts(&source, " end");
        table t = table_lay(source.text);
        table_clear(&t);
        mu_buf_free(&source);
        in_time(from, mistakes[i]);
    }
    mu_buf source = {0};
    mu_buf_puts(
        &source, HEAD
        "local l, t = ('x'):rep(1900), {} for i = 1, 100 do t[i] = l .. i end "
        "for i = 1, 1990 do inject('c' .. i) { to = t, says = 'x', shows = t, facts = t, away = t, attack = t } end");
    table t = table_lay(source.text);
    assert_non_null(strstr(t.said.text, "stopped: more than 100 mistakes"));
    table_clear(&t);
    mu_buf_free(&source);
    table_says(
        HEAD
        "local s = ('x'):rep(60000) for i = 1, 2000 do inject('c' .. i) { at = '1m', to = 'commander', says = s } end",
        "2:1 103 stopped: more than 8388608 bytes of text on all cards together");
}

static void a_file_of_one_mebibyte_is_read_and_a_byte_more_is_not(void **state)
{
    (void)state;
    mu_buf source = {0};
    mu_buf_puts(&source, HEAD "--");
    while (source.len < 1 << 20)
        mu_buf_puts(&source, "x");
    table_says(source.text, "");
    mu_buf_puts(&source, "x");
    table_says(source.text, "1:1 101 the scenario is larger than the limit of 1 MiB");
    mu_buf_free(&source);
}

/* Whoever was stopped has the same fuel in the next run, and no more. */
static void a_story_that_was_stopped_is_stopped_again_in_each_run(void **state)
{
    (void)state;
    table t = table_lay(HEAD "story 's' (function () local n = 0 while true do n = n + 1 end end)");
    assert_non_null(t.scenario);
    mu_teller teller = mu_scenario_teller(t.scenario);
    for (int run = 0; run < 3; run++) {
        mu_wish w;
        assert_true(teller.restart(teller.self));
        teller.step(teller.self, 0, NULL, &w);
        assert_int_equal(w.verb, MU_SAYS_FAILED);
        assert_string_equal(w.text, "stopped: more than 5000000 steps between two verbs");
    }
    table_clear(&t);
}

/* ---- what is there, and gives the same everywhere ---- */

static void noted(const char *expression, const char *expected)
{
    mu_buf source = {0};
    mu_buf_printf(&source, HEAD "story 's' (function () local r = %s note(tostring(r)) end)", expression);
    table t = table_lay(source.text);
    assert_non_null(t.scenario);
    mu_teller teller = mu_scenario_teller(t.scenario);
    mu_wish w;
    assert_true(teller.restart(teller.self));
    teller.step(teller.self, 0, NULL, &w);
    if (!w.text || strncmp(w.text, expected, strlen(expected)) != 0 ||
        (w.verb == MU_SAYS_NOTE && strcmp(w.text, expected) != 0))
        fail_msg("%s gave %s, not %s", expression, w.text, expected);
    table_clear(&t);
    mu_buf_free(&source);
}

static void the_kit_does_what_lua_does_where_lua_is_sure(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"tostring({})", "table"},
        {"tostring(note)", "function"},
        {"0 / 0", "nan"},
        {"-(0 / 0)", "nan"},
        {"1e15", "1e+15"},
        {"7 // 2", "3"},
        {"0.1 + 0.2", "0.3"},
        {"10 / 2", "5.0"},
        {"type(nil)", "nil"},
        {"tonumber('0x10')", "16"},
        {"tonumber('1e2')", "100.0"},
        {"tonumber('x')", "nil"},
        {"tonumber(' 5 ')", "5"},
        {"tonumber(('1'):rep(65))", "nil"},
        {"('abc'):upper() .. ('ABC'):lower() .. ('\\u{c9}'):lower()", "ABCabc\xc3\x89"},
        {"('abc'):sub(2)", "bc"},
        {"('abc'):sub(-2, -2)", "b"},
        {"'<' .. ('abc'):sub(3, 2) .. '>'", "<>"},
        {"('abc'):sub(-100, 100)", "abc"},
        {"'<' .. ('abc'):sub(1, -9223372036854775807 - 1) .. '>'", "<>"},
        {"('abc'):len()", "3"},
        {"('ab'):rep(3, '-')", "ab-ab-ab"},
        {"'<' .. ('ab'):rep(0) .. ('ab'):rep(-5) .. ('').rep('', 1 << 62) .. '>'", "<>"},
        {"('hello'):find('l')", "3"},
        {"('hello'):find('l', 4)", "4"},
        {"('hello'):find('.', 1, true)", "nil"},
        {"('hello'):find('')", "1"},
        {"('hello'):find('', 6)", "6"},
        {"('hello'):find('', 7)", "nil"},
        {"('hello'):find('lo', -2)", "4"},
        {"string.format('%5.1f|%-4d|%04x|%s|%%|%e', 3.14159, 7, 255, true, 1)", "  3.1|7   |00ff|true|%|1.000000e+00"},
        {"string.format('%s %s', {}, nil)", "table nil"},
        {"string.format('%.2s|%5s', 'abc', 'x')", "ab|    x"},
        {"string.format('%g', 0 / 0)", "nan"},
        {"table.concat({ 1, 'b', 2.5 }, ',')", "1,b,2.5"},
        {"#table.concat({})", "0"},
        {"(function () local t = { 3, 1, 2 } table.sort(t) return table.concat(t) end)()", "123"},
        {"(function () local t = { 'b', 'a', 'B' } table.sort(t, function (a, b) return a > b end) return "
         "table.concat(t) end)()",
         "baB"},
        {"(function () local t = { 'a1', 'b1', 'a2', 'b2', 'a3' } table.sort(t, function (a, b) return a:sub(1, 1) < "
         "b:sub(1, 1) end) return table.concat(t, ' ') end)()",
         "a1 a2 a3 b1 b2"},
        {"(function () local t = { 1, 2, 3 } table.insert(t, 4) table.insert(t, 1, 0) table.remove(t, 2) return "
         "table.concat(t) .. table.remove(t) end)()",
         "02344"},
        {"(function () local a, b = table.unpack({ 1, 2, 3 }, 2) return a .. b end)()", "23"},
        {"(function () local s = '' for k, v in pairs { b = 1, a = 2, 10, 20, [-1] = 3, [1.5] = 4, [true] = 5, [false] "
         "= 6, B = 7 } do s = s .. tostring(k) .. '=' .. v .. ' ' end return s end)()",
         "-1=3 1=10 1.5=4 2=20 B=7 a=2 b=1 false=6 true=5 "},
        {"(function () local s, t = '', { a = 1, b = 2, c = 3 } for k in pairs(t) do s = s .. k t.b = nil end return s "
         "end)()",
         "ac"},
        {"(function () local s = '' for i, v in ipairs { 5, 6, nil, 7 } do s = s .. i .. v end return s end)()",
         "1526"},
        {"math.floor(-1.5) .. math.ceil(-1.5) .. math.floor(3) .. math.abs(-2) .. math.max(1, 3, 2) .. math.min(2, "
         "1.5)",
         "-2-13231.5"},
        {"tostring(math.tointeger(3.0)) .. tostring(math.tointeger(3.5)) .. tostring(math.tointeger('3'))", "3nilnil"},
        {"math.floor(1e300)", "1e+300"},
        {"math.abs(-9223372036854775807 - 1)", "-9223372036854775808"},
        {"(-9223372036854775807 - 1) // -1", "-9223372036854775808"},
        {"(-9223372036854775807 - 1) % -1", "0"},
        {"(function () local t = {} for i = 1, 200 do t[i] = i end return table.unpack(t, 200) end)()", "200"},
        /* and errors, each with what would be right */
        {"table.unpack({}, 1, 201)", "more than 200 values that table.unpack gives"},
        {"table.unpack({}, -9223372036854775807, 9223372036854775807)", "more than 200 values"},
        {"table.insert({}, 5, 1)", "table.insert: there is no place 5 in a list of 0"},
        {"table.remove({}, 1)", "table.remove: there is no place 1 in a list of 0"},
        {"table.concat({ {} })", "table.concat: item 1 is a table, not a text"},
        {"(function () for k in pairs { [{}] = 1 } do end end)()", "a key that is a table has no order"},
        {"pairs(5)", "pairs takes a table, not a number"},
        {"ipairs()", "ipairs takes a table"},
        {"(function () table.sort { 1, 'a' } end)()", "table.sort cannot compare a "},
        {"string.format('%p', {})", "string.format does not know this item"},
        {"string.format('%q', 'x')", "string.format does not know"},
        {"string.format('%100d', 1)", "string.format does not know"},
        {"string.format('%d')", "string.format has more items than values"},
        {"string.format('%d', 1.5)", "string.format takes a whole number here, not a fraction"},
        {"string.format('%d', 'x')", "string.format takes a whole number here, not a string"},
        {"string.rep('x', 1.5)", "string.rep takes a whole number here"},
        {"(5):rep(2)", "attempt to index a number value"},
        {"math.floor('x')", "math.floor takes a number, not a string"},
        {"math.max()", "math.max takes a number, not a no value"},
        {"1 // 0", "attempt to divide by zero"},
        {"2.5 | 1", "number has no integer representation"},
        {"'1' + 1", "attempt to perform arithmetic on a string value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        noted(cases[i][0], cases[i][1]);
}

static void a_message_is_one_short_line_without_a_byte_that_moves_a_terminal(void **state)
{
    (void)state;
    mu_buf source = {0};
    mu_buf_puts(&source, HEAD "local t = {} t['\\27[2J\\n2026 INFO passed \\u{202e}\\xff");
    for (int i = 0; i < 2000; i++)
        mu_buf_puts(&source, "\xc3\xa9");
    mu_buf_puts(&source, "'].x = 1");
    table t = table_lay(source.text);
    const mu_diag *list;
    assert_int_equal(mu_diags_list(t.diags, &list), 1);
    assert_in_range(strlen(list[0].text), 20, 300);
    for (const char *p = list[0].text; *p; p++)
        assert_true((unsigned char)*p >= 32 && *p != 127);
    for (size_t i = 0, n = strlen(list[0].text); i < n;) {
        uint32_t cp;
        int used = mu_utf8(list[0].text + i, n - i, &cp);
        assert_in_range(used, 1, 4);
        assert_false(mu_unsafe(cp));
        i += (size_t)used;
    }
    table_clear(&t);
    mu_buf_free(&source);
}

static void the_table_of_limits_is_whole(void **state)
{
    (void)state;
    for (int i = 0; i < MU_LIMITS; i++) {
        assert_in_range(mu_limits[i].most, 1, INT64_MAX / 2);
        assert_non_null(mu_limits[i].what);
    }
}

static void declared(const char *format, int most, const char *refused)
{
    for (int more = 0; more < 2; more++) {
        mu_buf source = {0};
        mu_buf_puts(&source, HEAD);
        mu_buf_printf(&source, format, most + more);
        table t = table_lay(source.text);
        if (more ? t.scenario != NULL || !strstr(t.said.text, refused) : t.scenario == NULL)
            fail_msg("%d of %s: %s", most + more, refused, t.said.text);
        table_clear(&t);
        mu_buf_free(&source);
    }
}

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void as_many_as_the_limit_are_taken_and_one_more_is_refused(void **state)
{
    (void)state;
    declared("for i = 1, %d do inject('c' .. i) { at = '1m', to = 'commander', says = 'x' } end", 2000,
             "more than 2000 cards");
    declared("for i = 1, %d do artefact('c' .. i) { kind = 'mail', body = 'x' } end", 500, "more than 500 artefacts");
    declared("for i = 1, %d do story('c' .. i) (function () end) end", 64, "more than 64 stories");
    declared("local t = {} for i = 1, %d do t[i] = 'a' .. i .. ': x' end question 'q' { at = '1m', to = 'commander', "
             "asks = 'x', answers = t }",
             100, "more than 100 items");
    declared("inject(('x'):rep(%d)) { at = '1m', to = 'commander', says = 'x' }", 80, "longer than 80 bytes");
    declared("local s = ('x'):rep(%d)", 65536, TEXT);
    declared("local t = {} for i = 1, %d do t[i] = i end local a = { table.unpack(t) }", 200, "more than 200 values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cost_is_counted_and_every_limit_stops_the_script),
        cmocka_unit_test(steps_are_the_same_each_time),
        cmocka_unit_test(nothing_of_lua_is_there_but_what_was_put_there),
        cmocka_unit_test(the_words_cannot_be_changed_by_any_way),
        cmocka_unit_test(what_the_language_leaves_out_is_refused_before_it_runs),
        cmocka_unit_test(a_file_full_of_mistakes_is_judged_in_time),
        cmocka_unit_test(a_file_of_one_mebibyte_is_read_and_a_byte_more_is_not),
        cmocka_unit_test(a_story_that_was_stopped_is_stopped_again_in_each_run),
        cmocka_unit_test(the_kit_does_what_lua_does_where_lua_is_sure),
        cmocka_unit_test(a_message_is_one_short_line_without_a_byte_that_moves_a_terminal),
        cmocka_unit_test(the_table_of_limits_is_whole),
        cmocka_unit_test(as_many_as_the_limit_are_taken_and_one_more_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
