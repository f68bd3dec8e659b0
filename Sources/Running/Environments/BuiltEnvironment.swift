// What a task's process gets besides the contract: an interpreter and the packages it can load.

/// The environment that a task runs in.
package struct BuiltEnvironment: Sendable, Hashable {
    /// nil for commands.
    package let interpreter: Interpreter?
    /// `VIRTUAL_ENV` and the like.
    package let variables: [String: String]
    /// A folder of programs that goes before the machine's on PATH.
    package let programs: String?
    /// The folder that holds all of it; nil when nothing was built.
    var place: String? = nil
    /// Interpreter and packages: name to version.
    package let versions: [String: String]
    /// Where the log of the build stands; nil when nothing was built.
    package let log: String?
}
