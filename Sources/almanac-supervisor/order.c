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

/// One of the records that speak of limits. Returns -1 for another, or one that is not good.
static int limit_record(struct order *order, const char *key, char *value) {
    struct group *group = order->group_count > 0 ? &order->groups[order->group_count - 1] : NULL;
    if (strcmp(key, "memoryLimit") == 0) return number(value, &order->memory_limit);
    if (strcmp(key, "processLimit") == 0) return number(value, &order->process_limit);
    if (strcmp(key, "outputLimit") == 0) return number(value, &order->output_limit);
    if (strcmp(key, "affinity") == 0) return number(value, &order->affinity);
    if (strcmp(key, "sampled") == 0) {
        if (strcmp(value, "memory") == 0) order->sample_memory = true;
        else if (strcmp(value, "processes") == 0) order->sample_processes = true;
        else return -1;
        return 0;
    }
    if (strcmp(key, "group") == 0) {
        if (value[0] != '/' || order->group_count == GROUPS_MOST) return -1;
        order->groups[order->group_count++].path = value;
        return 0;
    }
    bool is_setting = strcmp(key, "setting") == 0;
    if (is_setting || strcmp(key, "option") == 0) {
        const char *sign = strchr(value, '=');
        if (group == NULL || sign == NULL || sign == value || memchr(value, '/', (size_t)(sign - value)) != NULL) return -1;
        return append(is_setting ? &group->settings : &group->options, value);
    }
    if (strcmp(key, "limits") != 0 || strlen(value) > 200) return -1;
    order->limits = value;
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
    if (strcmp(key, "isolated") == 0) return number(value, &order->isolated);
    return limit_record(order, key, value);
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
    if ((order->sample_memory && order->memory_limit == 0) || (order->sample_processes && order->process_limit == 0)) {
        snprintf(problem, size, "the order lacks a limit that is to be sampled");
        return -1;
    }
    if (order->environment == NULL) order->environment = nothing;
    return 0;
}
