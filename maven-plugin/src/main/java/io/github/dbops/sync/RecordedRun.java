package io.github.dbops.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An apply as the target's record has it.
 *
 * @param id a UUID
 * @param state {@code started}, {@code applied}, {@code not applied}
 * @param startedAt by the target's clock
 * @param endedAt by the target's clock; null: not ended
 * @param startedBy who started it
 * @param planFile the plan's path as its operator gave it
 * @param planHash the plan's hash
 * @param inserted rows that it inserted
 * @param updated rows that it updated
 * @param protectedPatterns the plan's own patterns of protected tables
 * @param sideEffects tables that triggers were allowed to write, as SQL names them
 * @param samples what the plan said of samples
 * @param undoes the run that it is an undo of
 * @param undone the last undo of it that was committed
 */
public record RecordedRun(
        String id,
        String state,
        Instant startedAt,
        @Nullable Instant endedAt,
        String startedBy,
        String planFile,
        String planHash,
        long inserted,
        long updated,
        List<String> protectedPatterns,
        List<String> sideEffects,
        Optional<SampleDetail> samples,
        Optional<String> undoes,
        Optional<Undone> undone) {

    public RecordedRun {
        protectedPatterns = List.copyOf(protectedPatterns);
        sideEffects = List.copyOf(sideEffects);
    }

    /** Whether it was committed. */
    public boolean isApplied() {
        return state.equals("applied");
    }

    /** Whether it has been undone as a whole. */
    public boolean isUndone() {
        return undone.filter(undo -> undo.remaining() == 0).isPresent();
    }

    /** The first pattern that protects a table: dbops' own, then the plan's. */
    public Optional<ProtectedPattern> protecting(String schema, String name) {
        return Stream.concat(
                        ProtectedPattern.BUILT_IN.stream(),
                        protectedPatterns.stream().map(glob -> new ProtectedPattern(glob, false)))
                .filter(pattern -> pattern.matches(schema, name))
                .findFirst();
    }

    /**
     * An undo of a run.
     *
     * @param runId the undo's own id
     * @param at when it was committed
     * @param by who started it
     * @param remaining rows of the run that it left
     */
    public record Undone(String runId, Instant at, String by, long remaining) {}
}
