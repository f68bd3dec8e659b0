// A stored article on its way to a page: it learns its edition's number and where the files are.
package import Artifacts
package import Markup
package import Vocabulary

/// The article of an edition as it is stored, before its number is known.
package enum StoredArticle {
    /// Stands in stored articles for the folder of the edition's files. Whoever writes it by hand reaches the files of the same edition, nothing else.
    static let filesMark = "/~files/"
    /// Stands in stored articles for the edition's number, between two characters that no keyboard has.
    static let numberMark = "\u{F8FF}edition\u{F8FF}"

    /// Articles are bounded when they are made; this is only a seat belt.
    private static let limit = 32 << 20

    /// Reads an article and places it: `filesFolder` is an address without a slash at the end, `number` what stands for the edition's number.
    package static func read(_ digest: Digest, from artifacts: any ArtifactStore, filesFolder: String, number: String) async throws -> SafeHTML {
        placed(try await artifacts.read(digest, limit: limit), filesFolder: filesFolder, number: number)
    }

    /// The article with its links pointed at a folder of files and its number filled in.
    package static func placed(_ bytes: [UInt8], filesFolder: String, number: String) -> SafeHTML {
        let linked = replaced(bytes, "\"\(filesMark)", by: "\"\(SafeHTML(escaping: filesFolder).html)/")
        return SafeHTML(trusted: String(decoding: replaced(linked, numberMark, by: SafeHTML(escaping: number).html), as: UTF8.self))
    }

    /// Replaces each occurrence of a text in bytes.
    static func replaced(_ bytes: [UInt8], _ old: String, by new: String) -> [UInt8] {
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        var result: [UInt8] = []
        var start = 0
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index + old.count <= bytes.count {
                guard bytes[index] == old[0], bytes[index + 1] == old[1], bytes[index..<(index + old.count)].elementsEqual(old) else {
                    index += 1
                    continue
                }
                if result.isEmpty { result.reserveCapacity(bytes.count + 1024) }
                result += bytes[start..<index]
                result += new
                index += old.count
                start = index
            }
        }
        return start == 0 ? bytes : result + bytes[start...]
    }
}
