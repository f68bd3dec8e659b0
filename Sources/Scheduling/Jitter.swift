// A delay that spreads jobs which are due together, the same for a job each time.
package import Vocabulary

/// The delay, at least nothing and less than `span`, of the schedule that `key` names (job and schedule name): the same on every machine and in every
/// year. FNV-1a, 64 bits (Fowler, Noll, Vo), finished as in MurmurHash3 so that neighbours in the alphabet are not neighbours in time.
package func jitter(within span: Span, key: String) -> Span {
    guard span.milliseconds > 0 else { return Span(milliseconds: 0) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    return Span(milliseconds: Int64(hash % UInt64(span.milliseconds)))
}
