"""What only POSIX has of modules, of `os` and of `signal`."""

MODULES = {
    *("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog", "crypt", "spwd"),
    *("posix", "readline", "uvloop", "posixpath", "curses", "nis"),
}
# https://docs.python.org/3/library/os.html: "Availability: Unix".
OS_NAMES = {
    *("fork", "forkpty", "wait", "wait3", "wait4", "waitid", "setsid", "getsid", "killpg", "nice"),
    *("getuid", "geteuid", "getgid", "getegid", "setuid", "setgid", "getgroups", "getpgid"),
    *("setpgid", "getpgrp", "chown", "fchown", "lchown", "fchmod", "fchdir", "chroot", "mkfifo"),
    *("mknod", "pread", "pwrite", "preadv", "pwritev", "readv", "writev", "sendfile", "lockf"),
    *("posix_fadvise", "posix_fallocate", "posix_spawn", "fdatasync", "sync", "statvfs"),
    *("fstatvfs", "pathconf", "sysconf", "confstr", "uname", "getloadavg", "sched_getaffinity"),
    *("sched_yield", "openpty", "ttyname", "tcgetpgrp", "pipe2", "memfd_create", "eventfd"),
    *("register_at_fork", "getpriority", "setpriority", "initgroups", "ctermid", "major", "minor"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_SYNC", "O_DSYNC", "O_NOCTTY"),
    *("O_ASYNC", "O_DIRECT", "O_PATH", "O_TMPFILE", "WNOHANG", "WUNTRACED", "SCHED_OTHER"),
    *("EX_OK", "EX_USAGE", "F_LOCK", "P_ALL", "SEEK_DATA", "SEEK_HOLE", "environb", "getenvb"),
}
SIGNALS = {"SIGINT", "SIGTERM", "SIGABRT", "SIGFPE", "SIGILL", "SIGSEGV"}
SIGNAL_FUNCTIONS = {
    *("alarm", "setitimer", "getitimer", "pause", "pthread_kill", "pthread_sigmask", "sigpending"),
    *("sigwait", "sigwaitinfo", "sigtimedwait", "siginterrupt"),
}
