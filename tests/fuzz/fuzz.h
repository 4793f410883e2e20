/* fuzz.h - what a fuzz target is: any bytes, judged, and nothing may break. With clang and MUSTER_FUZZ libFuzzer finds the
 * bytes; else run.c takes files and folders, and runs each as a plain test. */
#ifndef MU_FUZZ_H
#define MU_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif
