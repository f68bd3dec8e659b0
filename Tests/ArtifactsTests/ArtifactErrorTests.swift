// The system's error numbers become codes that the engine acts on.
import Glibc
import Testing

@testable import Artifacts

@Suite struct ArtifactErrorTests {
    @Test(arguments: [
        (ENOSPC, ArtifactError.Code.diskFull), (EDQUOT, .diskFull), (EIO, .unavailable), (EACCES, .unavailable), (EROFS, .unavailable),
        (ENOENT, .notFound),
    ]) func `Error numbers are read as the engine acts on them`(number: Int32, code: ArtifactError.Code) {
        #expect(ArtifactError(errno: number, deed: "write", subject: "new").code == code)
    }

    @Test func `An error says what could not be done`() {
        let error = ArtifactError(errno: ENOSPC, deed: "write", subject: "new")
        #expect(error.description == "artifact new: could not write: No space left on device")
    }
}
