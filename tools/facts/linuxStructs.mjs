/**
 * Which structs of Linux Go mirrors: what C calls one, the header that declares it, and Go's names. A Go
 * type may stand for several, on different architectures or for different calls. Structs that the uapi
 * headers do not have, or have in another form than the system call takes, are written out here after
 * the kernel's own headers. The extraction and the test that judges it read this list; it must not know
 * any layout.
 */

/** What a compiler is called to make code for a GOARCH, and whose headers it reads. */
export const triples = {
  386: { triple: "i686-linux-gnu", headers: "i686-linux-gnu" },
  amd64: { triple: "x86_64-linux-gnu", headers: "x86_64-linux-gnu" },
  arm: { triple: "arm-linux-gnueabihf", headers: "arm-linux-gnueabihf" },
  arm64: { triple: "aarch64-linux-gnu", headers: "aarch64-linux-gnu" },
  mips: { triple: "mips-linux-gnu", headers: "mips-linux-gnu" },
  mipsle: { triple: "mipsel-linux-gnu", headers: "mipsel-linux-gnu" },
  mips64: { triple: "mips64-linux-gnuabi64", headers: "mips64-linux-gnuabi64" },
  mips64le: { triple: "mips64el-linux-gnuabi64", headers: "mips64el-linux-gnuabi64" },
  ppc64: { triple: "powerpc64-linux-gnu", headers: "powerpc64-linux-gnu" },
  ppc64le: { triple: "powerpc64le-linux-gnu", headers: "powerpc64le-linux-gnu" },
  riscv64: { triple: "riscv64-linux-gnu", headers: "riscv64-linux-gnu" },
  s390x: { triple: "s390x-linux-gnu", headers: "s390x-linux-gnu" },
};

/** Structs by the name they have below, in C. */
const written = {
  // include/linux/signal_types.h
  rt_sigaction: `#include <asm/signal.h>
#undef sa_handler
struct rt_sigaction {
#if defined(__mips__)
  unsigned int sa_flags;
  void *sa_handler;
#else
  void *sa_handler;
  unsigned long sa_flags;
#endif
#if defined(SA_RESTORER) && !defined(__mips__)
  void *sa_restorer;
#endif
#if defined(__mips__)
  unsigned char sa_mask[16];
#else
  unsigned char sa_mask[8];
#endif
};`,
  // include/linux/dirent.h
  linux_dirent64: `#include <linux/types.h>
struct linux_dirent64 {
  __u64 d_ino;
  __s64 d_off;
  unsigned short d_reclen;
  unsigned char d_type;
  char d_name[];
};`,
  // fs/readdir.c: what getdents gave, on machines and in releases that had no getdents64
  linux_dirent: `struct linux_dirent {
  unsigned long d_ino;
  unsigned long d_off;
  unsigned short d_reclen;
  char d_name[];
};`,
  // include/linux/socket.h
  user_msghdr: `#include <linux/uio.h>
struct user_msghdr {
  void *msg_name;
  int msg_namelen;
  struct iovec *msg_iov;
  __kernel_size_t msg_iovlen;
  void *msg_control;
  __kernel_size_t msg_controllen;
  unsigned int msg_flags;
};`,
  cmsghdr: `#include <linux/types.h>
struct cmsghdr {
  __kernel_size_t cmsg_len;
  int cmsg_level;
  int cmsg_type;
};`,
  ucred: `#include <linux/types.h>
struct ucred {
  __u32 pid;
  __u32 uid;
  __u32 gid;
};`,
  linger: `struct linger {
  int l_onoff;
  int l_linger;
};`,
  // include/uapi/linux/time_types.h; the headers hide timespec itself from the kernel's own code.
  old_timespec: `#include <linux/types.h>
struct old_timespec {
  __kernel_old_time_t tv_sec;
  __kernel_long_t tv_nsec;
};`,
  old_itimerspec: `#include <linux/types.h>
struct old_itimerspec {
  struct { __kernel_old_time_t tv_sec; __kernel_long_t tv_nsec; } it_interval, it_value;
};`,
};

/** The text before a use of a struct: its header with what that takes for granted, or the struct itself. */
export function prelude(header) {
  if (!header.endsWith(".h")) return `${written[header]}\n`;
  const before = header === "asm/ucontext.h" ? ["asm/signal.h", "asm/sigcontext.h"] : [];
  return ["linux/types.h", ...before, header].map((name) => `#include <${name}>\n`).join("");
}

const struct = (name, header, ...go) => ({ name, type: `struct ${name}`, header, go });
/** Names that Go has for a part of the struct: [name, what C has there, its type]. */
const times = [
  ["Atim", "st_atime", "time"],
  ["Mtim", "st_mtime", "time"],
  ["Ctim", "st_ctime", "time"],
];
const own = (name, ...go) => ({ name, type: `struct ${name}`, header: name, go });

export const linuxStructs = [
  {
    ...struct(
      "epoll_event",
      "linux/eventpoll.h",
      "runtime.epollevent",
      "runtime.EpollEvent",
      "syscall.EpollEvent",
    ),
    also: [["fd", "data", "int"]],
  },
  own("rt_sigaction", "runtime.sigactiont"),
  struct("sigaltstack", "asm/signal.h", "runtime.stackt", "runtime.sigaltstackt"),
  {
    name: "siginfo",
    type: "siginfo_t",
    record: "struct siginfo",
    header: "asm/siginfo.h",
    go: ["runtime.siginfo"],
    also: [["si_addr", "_sifields._sigfault._addr", "void *"]],
  },
  struct("sigevent", "asm/siginfo.h", "runtime.sigevent"),
  struct("sigcontext", "asm/sigcontext.h", "runtime.sigcontext"),
  struct("ucontext", "asm/ucontext.h", "runtime.ucontext"),
  own("old_timespec", "runtime.timespec", "runtime.timespec32", "syscall.Timespec"),
  struct("__kernel_timespec", "linux/time_types.h", "runtime.timespec"),
  struct("__kernel_old_timeval", "linux/time_types.h", "runtime.timeval", "syscall.Timeval"),
  struct("__kernel_old_itimerval", "linux/time_types.h", "runtime.itimerval"),
  own("old_itimerspec", "runtime.itimerspec"),
  struct("__kernel_itimerspec", "linux/time_types.h", "runtime.itimerspec"),
  struct("elf32_hdr", "linux/elf.h", "runtime.elfEhdr"),
  struct("elf64_hdr", "linux/elf.h", "runtime.elfEhdr"),
  struct("elf32_phdr", "linux/elf.h", "runtime.elfPhdr"),
  struct("elf64_phdr", "linux/elf.h", "runtime.elfPhdr"),
  struct("elf32_sym", "linux/elf.h", "runtime.elfSym"),
  struct("elf64_sym", "linux/elf.h", "runtime.elfSym"),
  { ...struct("stat64", "asm/stat.h", "syscall.Stat_t", "syscall.stat_t"), also: times },
  { ...struct("stat", "asm/stat.h", "syscall.Stat_t", "syscall.stat_t"), also: times },
  struct("statfs64", "asm/statfs.h", "syscall.Statfs_t"),
  struct("statfs", "asm/statfs.h", "syscall.Statfs_t"),
  own("linux_dirent64", "syscall.Dirent"),
  own("linux_dirent", "syscall.Dirent"),
  struct("flock64", "asm/fcntl.h", "syscall.Flock_t"),
  struct("flock", "asm/fcntl.h", "syscall.Flock_t"),
  struct("iovec", "linux/uio.h", "syscall.Iovec"),
  own("user_msghdr", "syscall.Msghdr"),
  own("cmsghdr", "syscall.Cmsghdr"),
  own("ucred", "syscall.Ucred"),
  own("linger", "syscall.Linger"),
  struct("rusage", "linux/resource.h", "syscall.Rusage"),
  struct("rlimit64", "linux/resource.h", "syscall.Rlimit"),
  struct("sysinfo", "linux/sysinfo.h", "syscall.Sysinfo_t"),
  struct("new_utsname", "linux/utsname.h", "syscall.Utsname"),
  struct("timex", "linux/timex.h", "syscall.Timex"),
  struct("tms", "linux/times.h", "syscall.Tms"),
  struct("utimbuf", "linux/utime.h", "syscall.Utimbuf"),
  struct("inotify_event", "linux/inotify.h", "syscall.InotifyEvent"),
  struct("sock_filter", "linux/filter.h", "syscall.SockFilter"),
  struct("sock_fprog", "linux/filter.h", "syscall.SockFprog"),
  struct("sockaddr_in", "linux/in.h", "syscall.RawSockaddrInet4"),
  struct("sockaddr_in6", "linux/in6.h", "syscall.RawSockaddrInet6"),
  struct("sockaddr_un", "linux/un.h", "syscall.RawSockaddrUnix", "runtime.sockaddr_un"),
  struct("sockaddr_ll", "linux/if_packet.h", "syscall.RawSockaddrLinklayer"),
  struct("sockaddr_nl", "linux/netlink.h", "syscall.RawSockaddrNetlink"),
  struct("ip_mreq", "linux/in.h", "syscall.IPMreq"),
  struct("ip_mreqn", "linux/in.h", "syscall.IPMreqn"),
  struct("in_pktinfo", "linux/in.h", "syscall.Inet4Pktinfo"),
  struct("ipv6_mreq", "linux/in6.h", "syscall.IPv6Mreq"),
  struct("in6_pktinfo", "linux/ipv6.h", "syscall.Inet6Pktinfo"),
  struct("ip6_mtuinfo", "linux/ipv6.h", "syscall.IPv6MTUInfo"),
  struct("icmp6_filter", "linux/icmpv6.h", "syscall.ICMPv6Filter"),
  struct("tcp_info", "linux/tcp.h", "syscall.TCPInfo"),
  struct("nlmsghdr", "linux/netlink.h", "syscall.NlMsghdr"),
  struct("nlmsgerr", "linux/netlink.h", "syscall.NlMsgerr"),
  struct("nlattr", "linux/netlink.h", "syscall.NlAttr"),
  struct("rtgenmsg", "linux/rtnetlink.h", "syscall.RtGenmsg"),
  struct("rtattr", "linux/rtnetlink.h", "syscall.RtAttr"),
  struct("rtmsg", "linux/rtnetlink.h", "syscall.RtMsg"),
  struct("rtnexthop", "linux/rtnetlink.h", "syscall.RtNexthop"),
  struct("ifinfomsg", "linux/rtnetlink.h", "syscall.IfInfomsg"),
  struct("ifaddrmsg", "linux/if_addr.h", "syscall.IfAddrmsg"),
];
