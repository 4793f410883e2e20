#include "scenario/jail.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "scenario/limits.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#if !defined(SANITIZED) && (defined(__x86_64__) || defined(__aarch64__))
#define FILTERED 1
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#endif

static void close_but(int fd)
{
    struct rlimit most;
    int last = getrlimit(RLIMIT_NOFILE, &most) == 0 && most.rlim_cur < 65536 ? (int)most.rlim_cur : 65536;
#ifdef SYS_close_range
    if ((fd == 0 || syscall(SYS_close_range, 0u, (unsigned)fd - 1, 0u) == 0) &&
        syscall(SYS_close_range, (unsigned)fd + 1, ~0u, 0u) == 0)
        return;
#endif
    for (int i = 0; i < last; i++)
        if (i != fd)
            close(i);
}

/* Whoever started the program may have set less already, and nobody may raise that. */
static bool hold(int what, rlim_t most, rlim_t hard)
{
    struct rlimit own;
    if (getrlimit(what, &own) != 0)
        return false;
    struct rlimit less = {most < own.rlim_max ? most : own.rlim_max, hard < own.rlim_max ? hard : own.rlim_max};
    return setrlimit(what, &less) == 0;
}

/* The address space of a sanitizer is huge from the start, so only then its limit is left out. */
static void limit(void)
{
    static const struct {
        int what;
        rlim_t most;
    } rows[] = {{RLIMIT_CORE, 0}, {RLIMIT_NPROC, 0}, {RLIMIT_FSIZE, 0}, {RLIMIT_NOFILE, 0}};
    rlim_t cpu = (rlim_t)mu_limits[MU_LIMIT_WORKER_CPU].most;
    bool held = hold(RLIMIT_CPU, cpu, cpu + 1);
#ifndef SANITIZED
    rlim_t bytes = (rlim_t)mu_limits[MU_LIMIT_WORKER_MEMORY].most;
    held = hold(RLIMIT_AS, bytes, bytes) && held;
#endif
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        held = hold(rows[i].what, rows[i].most, rows[i].most) && held;
    if (!held)
        _exit(126);
}

#ifdef FILTERED
#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define SAY(what) BPF_STMT(BPF_RET | BPF_K, what)
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), SAY(SECCOMP_RET_ALLOW)
/* Memory, but none that can be executed: the third argument is what it is for. */
#define ALLOW_DATA(call)                                                                                               \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 4),                                                             \
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),                                    \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), SAY(SECCOMP_RET_KILL_PROCESS), SAY(SECCOMP_RET_ALLOW)

static void filter(void)
{
    static const struct sock_filter rows[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
        SAY(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        ALLOW(read),
        ALLOW(write),
        ALLOW(sendto),
        ALLOW(exit_group),
        ALLOW(brk),
        ALLOW(munmap),
        ALLOW(mremap),
        ALLOW(madvise),
        ALLOW(clock_gettime),
        ALLOW(rt_sigreturn),
        ALLOW(futex),
        ALLOW(getrandom),
        ALLOW_DATA(mmap),
        ALLOW_DATA(mprotect),
        SAY(SECCOMP_RET_KILL_PROCESS),
    };
    const struct sock_fprog program = {sizeof rows / sizeof *rows, (struct sock_filter *)(uintptr_t)rows};
    (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program); /* an old kernel has none: the limits still hold */
}
#else
static void filter(void)
{
}
#endif

void mu_jail(int fd)
{
    static const int for_the_drill[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGALRM}; /* whoever means all of a terminal, or of a service, means it */
    for (size_t i = 0; i < sizeof for_the_drill / sizeof *for_the_drill; i++)
        signal(for_the_drill[i], SIG_IGN);
    signal(SIGTSTP, SIG_DFL); /* which gives its own terminal back first: here there is none */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0)
        _exit(126);
    close_but(fd);
    limit();
    filter();
}
