// Walks through the folder `job` a few entries at a time, so that a large tree costs little and can still be seen to grow.
#include "quota.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// What the least of files counts, so that empty ones cannot fill a disk's table of files.
enum { LEAST = 1024 };

static DIR *open_folder(int parent, const char *name) {
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    int folder = openat(parent, name, flags);
    if (folder < 0 && errno == EACCES) {
        // A folder that may be written but not listed would hide what is in it. By its descriptor, since the job may put a link in its place meanwhile, which
        // would lead to any file of the server's user.
        int handle = openat(parent, name, O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        char path[40];
        snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
        if (handle >= 0 && chmod(path, 0700) == 0) folder = openat(parent, name, flags);
        if (handle >= 0) close(handle);
    }
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    if (list == NULL && folder >= 0) close(folder);
    return list;
}

/// The larger of its length and its room on the disk; one of several names of a file counts its share.
static int64_t size_of(const struct stat *status) {
    int64_t room = (int64_t)status->st_blocks * 512;
    if (S_ISREG(status->st_mode) && status->st_size > room) room = status->st_size;
    if (!S_ISDIR(status->st_mode) && status->st_nlink > 1) room /= (int64_t)status->st_nlink;
    return room > LEAST ? room : LEAST;
}

static bool begin_pass(struct quota *quota) {
    quota->sum = 0;
    quota->largest = 0;
    quota->too_deep = false;
    DIR *root = open_folder(quota->folder, "job");
    if (root == NULL) return false;
    quota->levels[quota->depth++] = root;
    return true;
}

static void take(struct quota *quota, const char *name) {
    struct stat status;
    int parent = dirfd(quota->levels[quota->depth - 1]);
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) < 0) return;
    int64_t size = size_of(&status);
    quota->sum = size > INT64_MAX - quota->sum ? INT64_MAX : quota->sum + size;
    if (S_ISREG(status.st_mode) && status.st_size > quota->largest) quota->largest = status.st_size;
    if (!S_ISDIR(status.st_mode)) return;
    if (quota->depth == QUOTA_DEEPEST) {
        quota->too_deep = true;
        return;
    }
    DIR *inner = open_folder(parent, name);
    if (inner != NULL) quota->levels[quota->depth++] = inner;
}

bool quota_step(struct quota *quota, int entries) {
    if (quota->depth == 0 && !begin_pass(quota)) return true;
    while (quota->depth > 0 && entries > 0) {
        struct dirent *entry = readdir(quota->levels[quota->depth - 1]);
        if (entry == NULL) {
            closedir(quota->levels[--quota->depth]);
            continue;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        take(quota, entry->d_name);
        entries--;
    }
    return quota->depth == 0;
}

void quota_measure(struct quota *quota) {
    while (quota->depth > 0) closedir(quota->levels[--quota->depth]);
    while (!quota_step(quota, INT_MAX)) continue;
}

int quota_begin(struct quota *quota, int folder, int64_t limit) {
    *quota = (struct quota){.folder = folder, .limit = limit};
    struct stat status;
    if (fstatat(folder, "job", &status, AT_SYMLINK_NOFOLLOW) < 0) return errno;
    quota_measure(quota);
    quota->largest_before = quota->largest;
    quota->allowed = quota->sum > INT64_MAX - limit ? INT64_MAX : quota->sum + limit;
    return 0;
}

bool quota_is_over(const struct quota *quota) { return quota->too_deep || quota->sum > quota->allowed; }

bool quota_stopped_a_file(const struct quota *quota) { return quota->largest >= quota->limit && quota->largest > quota->largest_before; }
