// The loop: two pipes, signals and one timer; it sleeps until one of them has something to say.
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "limits.h"
#include "spawn.h"
#include "tree.h"

enum phase { RUNNING, TERMINATING, KILLING };
enum { SHORTEST_PAUSE = 20 };  // before the first look at the limits

struct watch {
    int folder;
    const struct order *order;
    struct log *log;
    struct outcome *outcome;
    enum phase phase;
    int timer;
    int tick;  // the next look at the limits
    struct limits limits;
    int64_t pause;  // milliseconds until the next round of KILL
    pid_t main;
    bool main_ended;
    int inputs[2];  // stdout and stderr of the job; -1 when at their end
    struct log_stream *streams[2];
};

static void set_timer(int timer, int64_t milliseconds) {
    struct itimerspec when = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000000}};
    timerfd_settime(timer, 0, &when, NULL);
}

static void kill_all(struct watch *watch) {
    if (watch->phase != KILLING) watch->pause = 1;
    watch->phase = KILLING;
    limits_kill(&watch->limits);
    tree_signal(SIGKILL);
    set_timer(watch->timer, watch->pause);
    // Usually one round is enough; a process that cannot be killed yet (waiting for a disk) is tried again ever less often.
    if (watch->pause < 100) watch->pause *= 2;
}

static void terminate_all(struct watch *watch, const char *reason, const char *message) {
    if (watch->phase != RUNNING) return;
    watch->outcome->reason = reason;
    snprintf(watch->outcome->message, sizeof watch->outcome->message, "%s", message);
    if (watch->order->grace == 0) {
        kill_all(watch);
        return;
    }
    watch->phase = TERMINATING;
    tree_signal(SIGTERM);
    tree_signal(SIGCONT);
    set_timer(watch->timer, watch->order->grace);
}

static void stop_asked(struct watch *watch) {
    if (faccessat(watch->folder, "cancel", F_OK, AT_SYMLINK_NOFOLLOW) == 0) terminate_all(watch, "cancelled", "it was cancelled");
    else terminate_all(watch, "lost", "the machine or an operator stopped its supervisor");
}

static void time_over(struct watch *watch) {
    char text[80];
    if (watch->phase != RUNNING) {
        kill_all(watch);
        return;
    }
    int64_t limit = watch->order->time_limit;
    snprintf(text, sizeof text, "it ran longer than its time limit of %" PRId64 ".%03d s", limit / 1000, (int)(limit % 1000));
    terminate_all(watch, "timedOut", text);
}

/// A job that takes more than it may gets no grace: it would go on taking.
static void look_at_limits(struct watch *watch) {
    if (watch->phase == KILLING) return;
    if (limits_hold(&watch->limits, watch->outcome)) set_timer(watch->tick, watch->limits.pause);
    else kill_all(watch);
}

/// Adds what an ended but not yet waited-for process (with those it waited for) read from and wrote to storage.
static void add_storage_use(struct outcome *outcome, pid_t pid) {
    char path[40], text[512];
    snprintf(path, sizeof path, "/proc/%d/io", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    const char *reads = strstr(text, "\nread_bytes: "), *writes = strstr(text, "\nwrite_bytes: ");
    if (reads == NULL || writes == NULL) return;
    outcome->read_bytes = (outcome->read_bytes < 0 ? 0 : outcome->read_bytes) + atoll(reads + 13);
    outcome->written_bytes = (outcome->written_bytes < 0 ? 0 : outcome->written_bytes) + atoll(writes + 14);
}

/// bwrap ends with 128 + n where signal n ended the job. A job that itself exits with such a status is taken for one that was ended by the signal, as a
/// shell would have it.
static void tell_from_wrapper(struct outcome *outcome) {
    if (outcome->status <= 128 || outcome->status > 128 + 64) return;
    outcome->signal = outcome->status - 128;
    outcome->status = -1;
}

/// Waits for every descendant that has ended. Returns false when none is left, living or dead.
static bool reap(struct watch *watch) {
    for (;;) {
        siginfo_t ended = {.si_pid = 0};
        if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        if (ended.si_pid == 0) return true;
        add_storage_use(watch->outcome, ended.si_pid);
        int status = 0;
        waitpid(ended.si_pid, &status, 0);
        if (ended.si_pid == watch->main) {
            watch->main_ended = true;
            if (WIFEXITED(status)) watch->outcome->status = WEXITSTATUS(status);
            if (WIFSIGNALED(status)) watch->outcome->signal = WTERMSIG(status);
            if (watch->order->isolated) tell_from_wrapper(watch->outcome);
        } else if (watch->main_ended && WIFSIGNALED(status) && !watch->order->isolated) {
            // (Inside bwrap the kernel ends what is left, unseen; the one process that is seen here is bwrap's own.)
            watch->outcome->leftover++;
        }
    }
}

static void close_input(struct watch *watch, int which) {
    close(watch->inputs[which]);
    watch->inputs[which] = -1;
    log_end_stream(watch->log, watch->streams[which], clock_now());
}

/// Copies what a pipe holds, `rounds` reads at most. Returns whether there may be more.
static bool copy(struct watch *watch, int which, int rounds) {
    static char bytes[64 << 10];
    while (rounds-- > 0) {
        ssize_t length = read(watch->inputs[which], bytes, sizeof bytes);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0 && errno == EAGAIN) return false;
        if (length <= 0) {
            close_input(watch, which);
            return false;
        }
        log_take(watch->log, watch->streams[which], bytes, (size_t)length, clock_now());
    }
    return true;
}

static void take_signals(int signals, bool *stop) {
    struct signalfd_siginfo infos[8];
    ssize_t length;
    while ((length = read(signals, infos, sizeof infos)) > 0)
        for (size_t at = 0; at < (size_t)length / sizeof infos[0]; at++)
            if (infos[at].ssi_signo == SIGTERM) *stop = true;
}

static void watch_signal_set(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGCHLD);
    sigaddset(set, SIGTERM);
}

void watch_block_signals(void) {
    sigset_t set;
    watch_signal_set(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
}

static void loop(struct watch *watch, int signals) {
    while (true) {
        struct pollfd events[5] = {
            {.fd = watch->inputs[0], .events = POLLIN}, {.fd = watch->inputs[1], .events = POLLIN},
            {.fd = signals, .events = POLLIN}, {.fd = watch->timer, .events = POLLIN}, {.fd = watch->tick, .events = POLLIN},
        };
        if (poll(events, 5, -1) < 0) continue;
        for (int which = 0; which < 2; which++)
            if (events[which].revents != 0) copy(watch, which, 4);
        bool stop = false;
        if (events[2].revents != 0) {
            take_signals(signals, &stop);
            if (!reap(watch)) return;
            if (watch->main_ended && watch->phase == RUNNING) kill_all(watch);
        }
        uint64_t times;
        if (events[3].revents != 0 && read(watch->timer, &times, sizeof times) == sizeof times) time_over(watch);
        if (events[4].revents != 0 && read(watch->tick, &times, sizeof times) == sizeof times) look_at_limits(watch);
        if (stop) stop_asked(watch);
        if (watch->log->problem != 0 && watch->phase != KILLING) {
            watch->outcome->reason = "storageFailed";
            kill_all(watch);
        }
    }
}

static void finish(struct watch *watch) {
    struct outcome *outcome = watch->outcome;
    // The writers are gone, so both pipes come to an end here; a foreign process that was handed one is not waited for.
    for (int which = 0; which < 2; which++) {
        while (watch->inputs[which] >= 0 && copy(watch, which, 64)) continue;
        if (watch->inputs[which] >= 0) close_input(watch, which);
    }
    limits_judge(&watch->limits, outcome);
    if (outcome->reason != NULL) return;
    if (outcome->signal != 0) outcome->reason = "signal";
    else if (outcome->status != 0) outcome->reason = "exitCode";
}

void watch(int folder, const struct order *order, struct log *log, struct outcome *outcome) {
    static struct log_stream output = {.letter = 'o'}, error = {.letter = 'e'};
    outcome->started = clock_now();
    if (faccessat(folder, "cancel", F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        outcome->reason = "cancelled";
        snprintf(outcome->message, sizeof outcome->message, "it was cancelled before it started");
        return;
    }
    sigset_t set;
    watch_signal_set(&set);
    int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    struct watch watch = {
        .folder = folder, .order = order, .log = log, .outcome = outcome, .phase = RUNNING,
        .timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK),
        .tick = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), .streams = {&output, &error},
    };
    if (signals < 0 || watch.timer < 0 || watch.tick < 0) {
        outcome->reason = "launchFailed";
        snprintf(outcome->message, sizeof outcome->message, "cannot watch signals and time: %s", strerror(errno));
        return;
    }
    struct spawned spawned;
    if (limits_prepare(&watch.limits, folder, order, outcome->message, sizeof outcome->message) < 0) {
        outcome->reason = "launchFailed";
        return;
    }
    if (spawn(order, &watch.limits.groups, &spawned, outcome->message, sizeof outcome->message) < 0) {
        outcome->reason = "launchFailed";
        limits_end(&watch.limits);
        return;
    }
    watch.main = spawned.pid;
    if (order->isolated) tree_spare(spawned.pid);
    watch.inputs[0] = spawned.output;
    watch.inputs[1] = spawned.error;
    if (order->time_limit > 0) set_timer(watch.timer, order->time_limit);
    if (watch.limits.pause > 0) set_timer(watch.tick, SHORTEST_PAUSE);
    loop(&watch, signals);
    finish(&watch);
    limits_end(&watch.limits);
}
