// almanac-supervisor: runs one job's process on its own, so that it outlives the server that asked for it.
//
//   almanac-supervisor <attempt folder>
//
// Reads `order` there, detaches, holds a lock on `lock` while it lives, writes `receipt.json`, `log` and at the end `exit.json`.
// Exits 0 as soon as the receipt is there; 64 for a bad order; another status with the reason on stderr.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#include "clock.h"
#include "detach.h"
#include "log.h"
#include "order.h"
#include "outcome.h"
#include "watch.h"

/// 0, 1 and 2 are open (to /dev/null if need be) and nothing else is.
static void settle_descriptors(void) {
    int null = open("/dev/null", O_RDWR);
    while (null >= 0 && null < 3) null = dup(null);
    if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0) return;
    for (int descriptor = 3; descriptor < 65536; descriptor++) close(descriptor);
}

static void leave_standard_streams(void) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int descriptor = 0; descriptor < 3; descriptor++) dup2(null, descriptor);
    if (null > 2) close(null);
}

/// Takes the folder for this process: lock, log and receipt. Returns 0, or a status with the reason in `problem`.
static int take_folder(int folder, const struct order *order, struct log *log, char *problem, size_t size) {
    int lock = openat(folder, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) < 0) {
        snprintf(problem, size, "cannot lock the attempt's folder: %s", strerror(errno));
        return EX_TEMPFAIL;
    }
    int failure = log_open(log, folder, order->log_head, order->log_tail);
    if (failure != 0) {
        snprintf(problem, size, failure == EEXIST ? "the folder holds an attempt already" : "cannot make the log: %s", strerror(failure));
        return EX_CANTCREAT;
    }
    failure = receipt_write(folder, order->limits);
    if (failure == 0) return 0;
    snprintf(problem, size, "cannot write the receipt: %s", strerror(failure));
    return EX_IOERR;
}

static void finish(struct log *log, struct outcome *outcome) {
    int64_t now = clock_now();
    if (outcome->message[0] != 0) log_note(log, outcome->message, now);
    log_finish(log, now);
    if (log->problem != 0) {
        outcome->reason = "storageFailed";
        snprintf(outcome->message, sizeof outcome->message, "its log could not be written: %s", strerror(log->problem));
    }
    outcome->log_truncated = log->truncated;
    outcome->log_bytes = log->written;
    outcome->ended = now;
}

int main(int count, char **arguments) {
    static struct log log;
    char problem[512];
    if (count != 2) {
        fprintf(stderr, "usage: almanac-supervisor <attempt folder>\n");
        return EX_USAGE;
    }
    settle_descriptors();
    int folder = open(arguments[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct order order;
    if (folder < 0) {
        fprintf(stderr, "almanac-supervisor: cannot open the attempt's folder: %s\n", strerror(errno));
        return EX_USAGE;
    }
    if (order_read(folder, &order, problem, sizeof problem) < 0) {
        fprintf(stderr, "almanac-supervisor: %s\n", problem);
        return EX_USAGE;
    }
    int ready = detach();
    leave_standard_streams();
    umask(077);
    watch_block_signals();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (chdir("/") < 0) { /* stays where it is */
    }
    int status = take_folder(folder, &order, &log, problem, sizeof problem);
    ready_tell(ready, status, status == 0 ? "" : problem);
    if (status != 0) return status;
    struct outcome outcome = {.status = -1, .read_bytes = -1, .written_bytes = -1, .limits = order.limits};
    watch(folder, &order, &log, &outcome);
    finish(&log, &outcome);
    return outcome_write(folder, &outcome) == 0 ? 0 : EX_IOERR;
}
