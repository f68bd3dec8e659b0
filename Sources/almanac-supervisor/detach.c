// Double fork and setsid; the first process stays only until the receipt is there.
#include "detach.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

static void wait_for_report(int report) {
    char text[600];
    size_t used = 0;
    for (;;) {
        ssize_t count = read(report, text + used, sizeof text - 1 - used);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        used += (size_t)count;
    }
    text[used] = 0;
    if (used > 0 && text[0] == 0) exit(0);
    fprintf(stderr, "almanac-supervisor: %s\n", used > 1 ? text + 1 : "it ended before its receipt was written");
    exit(used > 1 ? (unsigned char)text[0] : EX_SOFTWARE);
}

int detach(void) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        fprintf(stderr, "almanac-supervisor: cannot make a pipe: %s\n", strerror(errno));
        exit(EX_OSERR);
    }
    pid_t first = fork();
    if (first < 0) {
        fprintf(stderr, "almanac-supervisor: cannot fork: %s\n", strerror(errno));
        exit(EX_OSERR);
    }
    if (first > 0) {
        close(ends[1]);
        while (waitpid(first, NULL, 0) < 0 && errno == EINTR) continue;
        wait_for_report(ends[0]);
    }
    close(ends[0]);
    setsid();
    pid_t second = fork();
    if (second < 0) ready_tell(ends[1], EX_OSERR, "cannot fork a second time");
    if (second != 0) _exit(0);
    return ends[1];
}

void ready_tell(int ready, int status, const char *reason) {
    char text[600];
    text[0] = (char)status;
    int length = snprintf(text + 1, sizeof text - 1, "%s", reason);
    size_t size = 1 + ((size_t)length < sizeof text - 1 ? (size_t)length : sizeof text - 2);
    // The reader may have been killed; then nobody wants to know.
    ssize_t count = write(ready, text, size);
    (void)count;
    close(ready);
}
