// A receipt: enough to find a launched attempt again after a restart.

/// What a launcher hands back at once and understands for ever after; other rooms store it as opaque text.
package struct Receipt: Hashable, Sendable, Codable {
    /// Which launcher understands it: `local`.
    package let launcher: String
    /// The launcher's own words, opaque to everybody else.
    package let text: String

    package init(launcher: String, text: String) {
        self.launcher = launcher
        self.text = text
    }
}
