// Which file systems may not hold the record: SQLite's locks do not hold across a network.
import Foundation
import Glibc

/// What the kernel says about mounted file systems (proc(5), mountinfo).
enum FileSystems {
    /// Types of network file systems, as mountinfo names them.
    private static let network: Set<String> = [
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.ceph", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs", "gpfs", "lustre",
        "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs",
    ]

    /// Whether a file system of this type lies on another machine.
    static func isNetwork(_ type: String) -> Bool { network.contains(type) }

    /// The type of the file system on the device `major:minor`, from the text of mountinfo, or nil when it is not in there.
    static func type(ofDevice device: String, mountinfo: String) -> String? {
        for line in mountinfo.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 4, fields[2] == device, let dash = fields[4...].firstIndex(of: "-"), fields.indices.contains(dash + 1) else { continue }
            return String(fields[dash + 1])
        }
        return nil
    }

    /// The type of the network file system that holds the folder; nil for a local one, and where the kernel does not say. Throws `unavailable` when
    /// there is no such folder.
    static func network(holding folder: String) throws -> String? {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            throw RecordingError(.unavailable, subject: "the data folder", detail: "cannot be read: \(String(cString: strerror(errno)))")
        }
        // As makedev(3) of glibc and musl packs them; the macros themselves are not visible to Swift.
        let number = UInt64(status.st_dev)
        let device = "\((number >> 8) & 0xFFF | (number >> 32) & ~0xFFF):\(number & 0xFF | (number >> 12) & ~0xFF)"
        guard let mountinfo = FileManager.default.contents(atPath: "/proc/self/mountinfo") else { return nil }
        return type(ofDevice: device, mountinfo: String(decoding: mountinfo, as: UTF8.self)).flatMap { isNetwork($0) ? $0 : nil }
    }
}
