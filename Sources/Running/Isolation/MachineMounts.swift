// Which parts of the machine an isolated job sees: what programs need, and nothing that could be a secret.
import Glibc

/// The system's part of what an isolated job sees.
enum MachineMounts {
    /// Programs and libraries, the chosen part of /etc, and fresh /proc and /dev.
    /// - Parameter isRoot: whether the server is.
    static func here(isRoot: Bool) -> [Mount] {
        var mounts: [Mount] = [.readOnly("/usr"), Mount(path: "/proc", kind: .processes), Mount(path: "/dev", kind: .devices)]
        mounts += ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"].compactMap(beside(_:))
        mounts += etc.map { .readOnlyIfThere("/etc/" + $0) } + others.map(Mount.readOnlyIfThere(_:))
        // A server that is root stays root for the kernel's own files, whatever the number inside: without these a job could write /proc/sys. Every mount
        // costs a part of a millisecond, so an ordinary user's jobs, whom the kernel refuses anyway, go without.
        if isRoot { mounts += processes.map { .readOnlyIfThere("/proc/" + $0) } }
        // Shared memory is asked for by name (Python's multiprocessing, R's parallel), so it must be there; all else in /dev is fixed.
        mounts.append(Mount(path: "/dev/shm", kind: .empty))
        return mounts
    }

    /// `/bin` and the like: links into /usr on today's systems, folders on older ones.
    private static func beside(_ path: String) -> Mount? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        if count > 0 { return Mount(path: path, kind: .link(to: String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))) }
        return access(path, F_OK) == 0 ? .readOnly(path) : nil
    }

    /// A list of what is shown, not of what is hidden: /etc also holds password hashes, private keys and other services' settings. Files that may carry
    /// an account's password (pip.conf, odbc.ini, environment) are not in it.
    private static let etc = [
        // loader and names of programs
        "alternatives", "ld.so.cache",
        // names: of hosts, services, people
        "resolv.conf", "hosts", "host.conf", "nsswitch.conf", "gai.conf", "services", "protocols", "passwd", "group",
        // certificates, without the private keys beside them
        "ssl/certs", "ssl/openssl.cnf", "pki/tls/certs", "pki/ca-trust/extracted", "crypto-policies",
        // time, language, types
        "localtime", "timezone", "locale.alias", "mime.types", "magic",
        // languages
        "R", "python3", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "julia", "perl", "lua",
        // fonts, pictures, paper, database drivers
        "fonts", "ImageMagick-6", "ImageMagick-7", "papersize", "paperspecs", "texmf", "odbcinst.ini", "OpenCL",
    ]

    private static let others = [
        "/var/cache/fontconfig", "/var/lib/texmf", "/var/lib/ghostscript",
        // How many processors there are.
        "/sys/devices/system/cpu",
    ]

    /// What of /proc changes the whole machine when root writes to it.
    private static let processes = ["acpi", "asound", "bus", "fs", "irq", "mtrr", "scsi", "sys", "sysrq-trigger"]
}
