// Fork, set up, exec; what goes wrong before the exec comes back through a pipe.
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct failure {
    char stage;  // `d` directory, `x` exec, `s` anything else
    int error;
};

static void fail(int report, char stage) {
    struct failure failure = {stage, errno};
    ssize_t count = write(report, &failure, sizeof failure);
    (void)count;
    _exit(127);
}

static void become(const struct order *order, int output, int error, int report, pid_t supervisor) {
    // If the supervisor is killed, its job must not go on unwatched.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != supervisor) _exit(127);
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

int spawn(const struct order *order, struct spawned *spawned, char *problem, size_t size) {
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
    if (child == 0) become(order, output[1], error[1], report[1], supervisor);
    close(output[1]);
    close(error[1]);
    close(report[1]);
    struct failure failure;
    ssize_t count;
    while ((count = read(report[0], &failure, sizeof failure)) < 0 && errno == EINTR) continue;
    close(report[0]);
    if (count == sizeof failure) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
        const char *what = failure.stage == 'd' ? order->directory : order->arguments[0];
        const char *verb = failure.stage == 'd' ? "enter" : failure.stage == 'x' ? "start" : "prepare";
        snprintf(problem, size, "cannot %s %s: %s", verb, what, strerror(failure.error));
        return -1;
    }
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(error[0], F_SETFL, O_NONBLOCK);
    *spawned = (struct spawned){child, output[0], error[0]};
    return 0;
}
