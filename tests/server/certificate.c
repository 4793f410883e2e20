/* Certificates: one of our own making is whole or not there; one that was given is looked at before anything is begun with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "server/certificate.h"

#include "test.h"

static char folder[40], paths[6][80];
enum { CERTIFICATE, KEY, OTHER_CERTIFICATE, OTHER_KEY, TEXT, NOWHERE };

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_true(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void make(int certificate, int key)
{
    const char *why;
    assert_true(mu_certificate_make(paths[certificate], paths[key], "192.0.2.7", &why));
}

static void expect(int certificate, int key, int64_t now, int wrong, const char *words)
{
    mu_arena *arena = mu_arena_new();
    const char *file = NULL, *why = NULL;
    bool good = mu_certificate_good(paths[certificate], paths[key], now, arena, &file, &why);
    assert_int_equal(good, wrong < 0);
    if (!good) {
        assert_string_equal(file, paths[wrong]);
        if (!strstr(why, words))
            fail_msg("\"%s\" does not say \"%s\"", why, words);
    }
    mu_arena_free(arena);
}

static void one_of_our_own_is_whole_or_not_there(void **state)
{
    char print[96], again[96];
    const char *why;
    struct stat is;
    (void)state;
    write_file(paths[KEY], "half of a key that a crash left");
    char beside[100];
    snprintf(beside, sizeof beside, "%s.new", paths[KEY]);
    write_file(beside, "another half");
    make(CERTIFICATE, KEY);
    mu_certificate_print(paths[CERTIFICATE], print);
    assert_int_equal(strlen(print), 95);
    assert_int_equal(stat(paths[KEY], &is), 0);
    assert_int_equal(is.st_mode & 0777, 0600);
    assert_int_not_equal(access(beside, F_OK), 0);
    make(CERTIFICATE, KEY); /* is kept */
    mu_certificate_print(paths[CERTIFICATE], again);
    assert_string_equal(print, again);
    assert_false(mu_certificate_make(paths[NOWHERE], paths[OTHER_KEY], "192.0.2.7", &why));
}

static void what_is_wrong_with_one_is_said(void **state)
{
    int64_t now = (int64_t)time(NULL), day = 86400;
    (void)state;
    make(CERTIFICATE, KEY);
    make(OTHER_CERTIFICATE, OTHER_KEY);
    write_file(paths[TEXT], "no such thing\n");
    expect(CERTIFICATE, KEY, now, -1, "");
    expect(CERTIFICATE, KEY, now + 31 * day, CERTIFICATE, "the certificate ran out on 20");
    expect(CERTIFICATE, KEY, now - day, CERTIFICATE, "the certificate is good from 20");
    expect(CERTIFICATE, OTHER_KEY, now, OTHER_KEY, "the key is not that of the certificate in ");
    expect(NOWHERE, KEY, now, NOWHERE, "No such file or directory");
    expect(CERTIFICATE, NOWHERE, now, NOWHERE, "No such file or directory");
    expect(TEXT, KEY, now, TEXT, "there is no certificate in it");
    expect(KEY, CERTIFICATE, now, KEY, "there is no certificate in it");
    expect(CERTIFICATE, TEXT, now, TEXT, "there is no private key in it");
}

int main(void)
{
    static const char *const names[] = {"certificate.pem", "key.pem", "other.pem", "other-key.pem", "text.pem", "nowhere/x.pem"};
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_of_our_own_is_whole_or_not_there), cmocka_unit_test(what_is_wrong_with_one_is_said)};
    snprintf(folder, sizeof folder, "/tmp/muster-certificate-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    for (int i = 0; i < 6; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 0; i < 6; i++)
        unlink(paths[i]);
    rmdir(folder);
    return failed;
}
