/* test.h - cmocka wants these, in this order. */
#ifndef MU_TEST_H
#define MU_TEST_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#endif
