// Reads the order file, and refuses whatever is not wholly understood.
#include "order.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 16 << 20 };

static char *read_file(int folder, size_t *length, char *problem, size_t size) {
    int file = openat(folder, "order", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status;
    if (file < 0 || fstat(file, &status) < 0) {
        snprintf(problem, size, "cannot open the order: %s", strerror(errno));
        if (file >= 0) close(file);
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_size > LARGEST) {
        snprintf(problem, size, "the order is not a file of at most %d bytes", LARGEST);
        close(file);
        return NULL;
    }
    char *bytes = malloc((size_t)status.st_size + 1);
    size_t used = 0;
    while (bytes != NULL && used < (size_t)status.st_size) {
        ssize_t count = read(file, bytes + used, (size_t)status.st_size - used);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        used += (size_t)count;
    }
    close(file);
    if (bytes == NULL || used < (size_t)status.st_size) {
        snprintf(problem, size, "cannot read the order: %s", strerror(errno));
        free(bytes);
        return NULL;
    }
    bytes[used] = 0;
    *length = used;
    return bytes;
}

static int append(char ***list, char *text) {
    size_t count = 0;
    while (*list != NULL && (*list)[count] != NULL) count++;
    // The list has room for the next power of two, its NULL included: it grows when the count is one less than such a power.
    if (*list == NULL || (count & (count + 1)) == 0) {
        char **larger = realloc(*list, (2 * count + 2) * sizeof(char *));
        if (larger == NULL) return -1;
        *list = larger;
    }
    (*list)[count] = text;
    (*list)[count + 1] = NULL;
    return 0;
}

static int number(const char *text, int64_t *value) {
    if (*text < '0' || *text > '9') return -1;
    char *end;
    errno = 0;
    long long read = strtoll(text, &end, 10);
    if (errno != 0 || *end != 0) return -1;
    *value = read;
    return 0;
}

static int record(struct order *order, const char *key, char *value) {
    if (strcmp(key, "argument") == 0) return append(&order->arguments, value);
    if (strcmp(key, "environment") == 0) {
        const char *sign = strchr(value, '=');
        return sign == NULL || sign == value ? -1 : append(&order->environment, value);
    }
    if (strcmp(key, "directory") == 0) {
        order->directory = value;
        return 0;
    }
    if (strcmp(key, "timeLimit") == 0) return number(value, &order->time_limit);
    if (strcmp(key, "grace") == 0) return number(value, &order->grace);
    if (strcmp(key, "logHead") == 0) return number(value, &order->log_head);
    if (strcmp(key, "logTail") == 0) return number(value, &order->log_tail);
    return -1;
}

int order_read(int folder, struct order *order, char *problem, size_t size) {
    static char *nothing[] = {NULL};
    *order = (struct order){.grace = 5000, .log_head = 8 << 20, .log_tail = 8 << 20};
    size_t length;
    char *bytes = read_file(folder, &length, problem, size);
    if (bytes == NULL) return -1;
    bool ended = false;
    int place = 0;
    for (size_t at = 0; at < length; place++) {
        char *text = bytes + at;
        at += strlen(text) + 1;
        char *sign = strchr(text, '=');
        bool good = sign != NULL && !ended && at <= length;
        if (good) *sign = 0;
        if (good && place == 0) good = strcmp(text, "order") == 0 && strcmp(sign + 1, "1") == 0;
        else if (good && strcmp(text, "end") == 0) ended = sign[1] == 0;
        else if (good) good = record(order, text, sign + 1) == 0;
        if (!good) {
            snprintf(problem, size, "the order's record %d (%.40s) is not understood", place + 1, text);
            return -1;
        }
    }
    if (!ended) {
        snprintf(problem, size, "the order has no end: it was not written to its end");
        return -1;
    }
    if (order->arguments == NULL || order->arguments[0][0] != '/' || order->directory == NULL || order->directory[0] != '/') {
        snprintf(problem, size, "the order lacks an absolute program or an absolute directory");
        return -1;
    }
    if (order->environment == NULL) order->environment = nothing;
    return 0;
}
