// A stored article on its way to a page: its file links learn which edition they belong to.
import Artifacts
import Markup
import Vocabulary

/// The article of an edition as it is stored, before its number is known.
enum StoredArticle {
    /// Stands in stored articles for the address of the edition's files. No reader can write it: Markup keeps only known schemes in links.
    static let filesMark = "almanac-files:"

    /// Articles are bounded when they are made; this is only a seat belt.
    private static let limit = 32 << 20

    /// Reads an article and points its links at a folder of files, an address without a slash at the end.
    static func read(_ digest: Digest, from artifacts: any ArtifactStore, filesFolder: String) async throws -> SafeHTML {
        let bytes = try await artifacts.read(digest, limit: limit)
        return SafeHTML(trusted: placed(bytes, filesFolder: filesFolder))
    }

    /// The article with its links pointed at a folder of files.
    static func placed(_ bytes: [UInt8], filesFolder: String) -> String {
        let mark = Array("\"\(filesMark)".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 512)
        var start = 0
        var index = 0
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index + 1] == mark[1], bytes[index..<(index + mark.count)].elementsEqual(mark) {
                result += bytes[start...index]
                result += Array("\(filesFolder)/".utf8)
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        result += bytes[start...]
        return String(decoding: result, as: UTF8.self)
    }
}
