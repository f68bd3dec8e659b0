// Fork, set up, exec; what goes wrong before the exec comes back through a pipe.
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct failure {
    char stage;  // `d` directory, `x` exec, `g` control group, `s` anything else
    int error;
};

static void fail(int report, char stage) {
    struct failure failure = {stage, errno};
    ssize_t count = write(report, &failure, sizeof failure);
    (void)count;
    _exit(127);
}

/// Leaves the process `most` of the processors that it has; which ones differs from job to job.
static void narrow(int64_t most, pid_t supervisor) {
    cpu_set_t all, some;
    if (sched_getaffinity(0, sizeof all, &all) < 0 || CPU_COUNT(&all) <= most) return;
    CPU_ZERO(&some);
    for (int at = supervisor % CPU_SETSIZE; CPU_COUNT(&some) < most; at = (at + 1) % CPU_SETSIZE)
        if (CPU_ISSET(at, &all)) CPU_SET(at, &some);
    sched_setaffinity(0, sizeof some, &some);
}

static void limit_self(const struct order *order, pid_t supervisor) {
    struct rlimit file = {(rlim_t)order->output_limit, (rlim_t)order->output_limit};
    if (order->output_limit > 0) setrlimit(RLIMIT_FSIZE, &file);
    if (order->affinity > 0) narrow(order->affinity, supervisor);
}

static void become(const struct order *order, const struct groups *groups, int output, int error, int report, pid_t supervisor) {
    // If the supervisor is killed, its job must not go on unwatched.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor) _exit(127);
    int refused = groups_join(groups);
    if (refused != 0) {
        errno = refused;
        fail(report, 'g');
    }
    limit_self(order, supervisor);
    setsid();
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, 0) < 0 || dup2(output, 1) < 0 || dup2(error, 2) < 0) fail(report, 's');
    if (chdir(order->directory) < 0) fail(report, 'd');
    execve(order->arguments[0], order->arguments, order->environment);
    fail(report, 'x');
}

int spawn(const struct order *order, const struct groups *groups, struct spawned *spawned, char *problem, size_t size) {
    int output[2], error[2], report[2];
    if (pipe2(output, O_CLOEXEC) < 0 || pipe2(error, O_CLOEXEC) < 0 || pipe2(report, O_CLOEXEC) < 0) {
        snprintf(problem, size, "cannot make a pipe: %s", strerror(errno));
        return -1;
    }
    pid_t supervisor = getpid(), child = fork();
    if (child < 0) {
        snprintf(problem, size, "cannot start a process: %s", strerror(errno));
        return -1;
    }
    if (child == 0) become(order, groups, output[1], error[1], report[1], supervisor);
    close(output[1]);
    close(error[1]);
    close(report[1]);
    struct failure failure;
    ssize_t count;
    while ((count = read(report[0], &failure, sizeof failure)) < 0 && errno == EINTR) continue;
    close(report[0]);
    if (count == sizeof failure) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
        const char *what = failure.stage == 'd' ? order->directory : failure.stage == 'g' ? "the control group of the attempt" : order->arguments[0];
        const char *verb = failure.stage == 'd' || failure.stage == 'g' ? "enter" : failure.stage == 'x' ? "start" : "prepare";
        snprintf(problem, size, "cannot %s %s: %s", verb, what, strerror(failure.error));
        return -1;
    }
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(error[0], F_SETFL, O_NONBLOCK);
    *spawned = (struct spawned){child, output[0], error[0]};
    return 0;
}
