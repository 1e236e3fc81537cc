package io.github.dbops.sync.undo;

import io.github.dbops.postgres.QualifiedName;
import io.github.dbops.postgres.Session;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.sync.RecordedRun;
import io.github.dbops.sync.SampleDetail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs that a target's record knows, read in the session's transaction. Writes nothing. */
public final class RunHistory {

    // A target that was last applied to by an older version lacks the newer columns: they are asked for through JSON.
    private static final String RUNS = """
            SELECT r.run_id, r.state, r.started_at, r.ended_at, r.started_by, r.plan_file, r.plan_hash,
                   coalesce(r.inserted, 0), coalesce(r.updated, 0),
                   ARRAY(SELECT jsonb_array_elements_text(CASE jsonb_typeof(j.r -> 'protected_patterns')
                                                          WHEN 'array' THEN j.r -> 'protected_patterns' END)),
                   ARRAY(SELECT jsonb_array_elements_text(CASE jsonb_typeof(j.r -> 'side_effects')
                                                          WHEN 'array' THEN j.r -> 'side_effects' END)),
                   j.r ->> 'samples', j.r ->> 'undoes',
                   u.run_id, u.ended_at, u.started_by, u.remaining
            FROM dbops.sync_run AS r
            CROSS JOIN LATERAL (SELECT to_jsonb(r) AS r) AS j
            LEFT JOIN LATERAL (
                SELECT x.run_id, x.ended_at, x.started_by, (to_jsonb(x) ->> 'remaining')::bigint AS remaining
                FROM dbops.sync_run AS x
                WHERE x.state = 'applied' AND to_jsonb(x) ->> 'undoes' = r.run_id::text
                ORDER BY x.ended_at DESC LIMIT 1) AS u ON true
            """;

    private final Session target;

    /** The history in a target. */
    public RunHistory(Session target) {
        this.target = target;
    }

    /** The last applies that were committed, the newest first; none where the target has no record. */
    public List<RecordedRun> latest(int most) {
        return exists("sync_run") ? target.query(RUNS + """
                        WHERE r.state = 'applied' AND j.r ->> 'undoes' IS NULL
                        ORDER BY r.ended_at DESC LIMIT ?
                        """, RunHistory::run, most) : List.of();
    }

    /**
     * A run that an undo may look at.
     *
     * @param id a UUID
     * @throws io.github.dbops.problem.ProblemException RUN_UNKNOWN, RUN_NOT_APPLIED, UNDO_NOT_RECORDED, RUN_ALREADY_UNDONE
     */
    public RecordedRun undoable(String id) {
        RecordedRun run = find(id).orElseThrow(() -> unknown(id));
        if (run.undoes().isPresent()) {
            throw Problem.of(
                            Code.UNDO_NOT_RECORDED,
                            "Run " + id + " is an undo itself.",
                            "It undid run " + run.undoes().get() + "; an undo cannot be undone.",
                            "To bring the rows back, apply the plan again: mvn dbops:sync -DdryRun")
                    .exception();
        }
        if (!run.isApplied()) {
            throw Problem.of(
                            Code.RUN_NOT_APPLIED,
                            "Run " + id + " was not applied.",
                            "Its state is \"" + run.state() + "\": nothing of it is in the target.",
                            "Name a run that was applied; mvn dbops:undo lists the last ones.")
                    .exception();
        }
        if (run.isUndone()) {
            RecordedRun.Undone undone = run.undone().get();
            throw Problem.of(
                            Code.RUN_ALREADY_UNDONE,
                            "Run " + id + " has been undone.",
                            "By run " + undone.runId() + ", " + undone.at() + ", started by " + undone.by()
                                    + "; it left nothing.",
                            "To bring the rows back, apply the plan again: mvn dbops:sync -DdryRun")
                    .exception();
        }
        if (!isRecorded(id)) {
            throw Problem.of(
                            Code.UNDO_NOT_RECORDED,
                            "Run " + id + " has left nothing to undo it by.",
                            "dbops.sync_undo has no row of it: it was applied by a version that kept no such record, or"
                                    + " its record was pruned.",
                            "Restore the rows from a backup, or correct the source and apply again.")
                    .exception();
        }
        return run;
    }

    /** The tables of which a run has left records, in name order, whether they are there or not. */
    public List<QualifiedName> tables(String id) {
        return RecordedRows.of(target, id).stream()
                .map(RecordedRows::table)
                .distinct()
                .toList();
    }

    private Optional<RecordedRun> find(String id) {
        return exists("sync_run")
                ? target.first(RUNS + "WHERE r.run_id = ?::uuid", RunHistory::run, id)
                : Optional.empty();
    }

    private boolean isRecorded(String id) {
        return exists("sync_undo")
                && target.one(
                        "SELECT EXISTS (SELECT FROM dbops.sync_undo WHERE run_id = ?::uuid)",
                        row -> row.getBoolean(1),
                        id);
    }

    private RuntimeException unknown(String id) {
        boolean any = exists("sync_run");
        return Problem.of(
                        Code.RUN_UNKNOWN,
                        "The target " + target.database() + " knows no run " + id + ".",
                        any
                                ? "dbops.sync_run has no such row."
                                : "It has no record of applies (dbops.sync_run): none was made there, or all of them"
                                        + " with dbops.audit=false.",
                        any
                                ? "Check the id in the apply's report; mvn dbops:undo lists the last runs."
                                : "Check that toEnv names the database that the run was applied to.")
                .exception();
    }

    private boolean exists(String table) {
        return target.one("""
                SELECT EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'dbops' AND c.relname = ?)
                """, row -> row.getBoolean(1), table);
    }

    private static RecordedRun run(ResultSet row) throws SQLException {
        String samples = row.getString(12);
        String undo = row.getString(14);
        return new RecordedRun(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                instant(row, 4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getLong(9),
                texts(row, 10),
                texts(row, 11),
                Arrays.stream(SampleDetail.values())
                        .filter(detail -> detail.word().equals(samples))
                        .findFirst(),
                Optional.ofNullable(row.getString(13)),
                undo == null
                        ? Optional.empty()
                        : Optional.of(new RecordedRun.Undone(
                                undo,
                                row.getObject(15, OffsetDateTime.class).toInstant(),
                                row.getString(16),
                                row.getLong(17))));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
