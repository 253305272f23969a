// A disk that refuses one sync: while there is a file SYNC_TRAP, the next sync of a file whose path ends with SYNC_OF
// answers EIO without reaching the disk, and writes into the trap how much of the file earlier syncs have covered. All
// others go through, as Linux tells a failed write-back once and never again.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_llong covered;
static atomic_int sprung;

static int is_ours(int fd, const char *of) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path);
  ssize_t end = strlen(of);
  return length >= end && strncmp(path + length - end, of, end) == 0;
}

static int sync_unless_trapped(const char *name, int fd) {
  const char *of = getenv("SYNC_OF"), *trap = getenv("SYNC_TRAP");
  int ours = of != NULL && trap != NULL && is_ours(fd, of);
  if (ours && access(trap, F_OK) == 0 && atomic_exchange(&sprung, 1) == 0) {
    FILE *told = fopen(trap, "w");
    if (told != NULL) {
      fprintf(told, "%lld", (long long)covered);
      fclose(told);
    }
    errno = EIO;
    return -1;
  }
  struct stat before;
  int known = ours && fstat(fd, &before) == 0;
  int result = ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
  if (known && result == 0 && before.st_size > covered) covered = before.st_size;
  return result;
}

int fdatasync(int fd) { return sync_unless_trapped("fdatasync", fd); }
int fsync(int fd) { return sync_unless_trapped("fsync", fd); }
