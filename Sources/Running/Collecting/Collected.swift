// What an attempt left behind.
package import Vocabulary

/// Everything that was taken over from an attempt's folder; every digest is durable.
package struct Collected: Sendable {
    /// Why the attempt fails though its process ended well: contractViolation, quotaExceeded.
    package struct Failure: Sendable, Hashable {
        package let reason: FailureReason
        /// Sentences for people that name what is wrong.
        package let message: String
    }
    package let failure: Failure?
    /// Declared ones in the definition's order, then the others by path. Empty unless the process ended well and nothing failed.
    package let outputs: [Output]
    /// In the order of the file. Empty like `outputs`.
    package let metrics: [Metric]
    package let logDigest: Digest?
    package let logBytes: Int64?
}
