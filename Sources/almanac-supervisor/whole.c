// Writes small files so that a reader sees all of one or none, also when the writer is killed.
#include "whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int write_all(int file, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static int open_part(int folder, const char *name, char *part, size_t size) {
    snprintf(part, size, "%s.part", name);
    return openat(folder, part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

int whole_reserve(int folder, const char *name, size_t size) {
    char part[64], spaces[4096];
    memset(spaces, ' ', sizeof spaces);
    int file = open_part(folder, name, part, sizeof part);
    if (file < 0) return errno;
    int problem = 0;
    for (size_t done = 0; done < size && problem == 0; done += sizeof spaces) problem = write_all(file, spaces, sizeof spaces);
    close(file);
    return problem;
}

int whole_write(int folder, const char *name, const char *bytes, size_t length) {
    char part[64];
    int file = open_part(folder, name, part, sizeof part);
    if (file < 0) return errno;
    int problem = write_all(file, bytes, length);
    if (problem == 0 && ftruncate(file, (off_t)length) < 0) problem = errno;
    if (close(file) < 0 && problem == 0) problem = errno;
    if (problem == 0 && renameat(folder, part, folder, name) < 0) problem = errno;
    return problem;
}
