// Writes receipt.json and exit.json.
#include "outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clock.h"
#include "whole.h"

static int read_text(const char *path, char *text, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno;
    ssize_t length = read(file, text, size - 1);
    close(file);
    text[length > 0 ? length : 0] = 0;
    return length > 0 ? 0 : EIO;
}

static void quoted(char *text, size_t size, const char *value) {
    size_t used = 0;
    text[used++] = '"';
    for (; *value != 0 && used + 8 < size; value++) {
        unsigned char byte = (unsigned char)*value;
        if (byte == '"' || byte == '\\') text[used++] = '\\';
        if (byte < 32) used += (size_t)sprintf(text + used, "\\u%04x", byte);
        else text[used++] = (char)byte;
    }
    text[used++] = '"';
    text[used] = 0;
}

int receipt_write(int folder, const char *limits) {
    char boot[64], stat[1024], words[600], text[1000];
    unsigned long long start;
    int problem = read_text("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
    if (problem == 0) problem = read_text("/proc/self/stat", stat, sizeof stat);
    if (problem != 0) return problem;
    boot[strcspn(boot, "\n")] = 0;
    char *rest = strrchr(stat, ')');
    if (rest == NULL || sscanf(rest + 1, " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu", &start) != 1) return EIO;
    problem = whole_reserve(folder, "exit.json", 4096);
    if (problem != 0) return problem;
    if (limits != NULL) quoted(words, sizeof words, limits);
    int length = snprintf(
        text, sizeof text, "{\"version\":1,\"bootId\":\"%s\",\"pid\":%d,\"startTime\":%llu,\"limits\":%s}\n", boot, (int)getpid(), start,
        limits != NULL ? words : "null");
    return whole_write(folder, "receipt.json", text, (size_t)length);
}

static const char *known(char *text, size_t size, int64_t value, bool is_known) {
    if (!is_known) return "null";
    snprintf(text, size, "%" PRId64, value);
    return text;
}

int outcome_write(int folder, const struct outcome *outcome) {
    struct rusage use;
    getrusage(RUSAGE_CHILDREN, &use);
    int64_t cpu = (int64_t)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000;
    int64_t peak = (int64_t)use.ru_maxrss * 1024;
    if (outcome->cpu > cpu) cpu = outcome->cpu;
    if (outcome->peak_memory > peak) peak = outcome->peak_memory;
    char message[1200], reason[40], status[24], number[24], reads[24], writes[24], limits[600], text[3200];
    quoted(message, sizeof message, outcome->message);
    if (outcome->reason != NULL) quoted(reason, sizeof reason, outcome->reason);
    if (outcome->limits != NULL) quoted(limits, sizeof limits, outcome->limits);
    int length = snprintf(
        text, sizeof text,
        "{\"version\":1,\"status\":%s,\"signal\":%s,\"reason\":%s,\"message\":%s,\"startedAt\":%" PRId64 ",\"endedAt\":%" PRId64
        ",\"cpuMilliseconds\":%" PRId64 ",\"peakMemoryBytes\":%" PRId64
        ",\"readBytes\":%s,\"writtenBytes\":%s,\"logTruncated\":%s,\"logBytes\":%" PRId64 ",\"leftoverProcesses\":%d,\"limits\":%s}\n",
        known(status, sizeof status, outcome->status, outcome->status >= 0), known(number, sizeof number, outcome->signal, outcome->signal > 0),
        outcome->reason != NULL ? reason : "null", outcome->message[0] != 0 ? message : "null", outcome->started, outcome->ended, cpu,
        peak, known(reads, sizeof reads, outcome->read_bytes, outcome->read_bytes >= 0),
        known(writes, sizeof writes, outcome->written_bytes, outcome->written_bytes >= 0), outcome->log_truncated ? "true" : "false",
        outcome->log_bytes, outcome->leftover, outcome->limits != NULL ? limits : "null");
    return whole_write(folder, "exit.json", text, (size_t)length);
}
