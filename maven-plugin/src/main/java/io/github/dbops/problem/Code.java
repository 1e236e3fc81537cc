package io.github.dbops.problem;

import static io.github.dbops.problem.Kind.FAULT;
import static io.github.dbops.problem.Kind.REFUSAL;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stable codes of all problems. A number is never changed and never used again; each has its entry in
 * {@code docs/errors.md}. 1xx are settings and guards, 2xx connections and privileges, 3xx migrations, 4xx sync, 5xx
 * reports and GitHub.
 */
public enum Code {
    DRY_RUN_AND_APPLY(101, FAULT),
    SECRET_IN_PARAMETER(102, FAULT),
    ENV_FILE_MISSING(103, FAULT),
    ENV_FILE_MALFORMED(104, FAULT),
    DATABASE_URL_MISSING(105, FAULT),
    URL_MALFORMED(106, FAULT, "P1013"),
    PLAN_MISSING(107, FAULT),
    PLAN_MALFORMED(108, FAULT),
    PLAN_INVALID(109, FAULT),
    SETTING_INVALID(110, FAULT),
    SERVER_UNKNOWN(111, FAULT),
    SAME_DATABASE(112, REFUSAL),
    REVIEW_MISSING(113, REFUSAL),
    BACKUP_CHECK_FAILED(114, REFUSAL),
    EMBEDDED_UNAVAILABLE(115, FAULT),
    EMBEDDED_INIT_FAILED(116, FAULT),
    PLAN_EXISTS(117, REFUSAL),
    PLAN_NOT_WRITTEN(118, FAULT),
    NOTHING_TO_PLAN(119, REFUSAL, "P4001"),

    UNREACHABLE(201, FAULT, "P1001"),
    AUTHENTICATION_FAILED(202, FAULT, "P1000"),
    DATABASE_MISSING(203, FAULT, "P1003"),
    PRIVILEGE_MISSING(204, FAULT, "P1010"),
    TLS_FAILED(205, FAULT, "P1011"),
    POOLER_IN_THE_WAY(206, FAULT),
    CONNECTION_LOST(207, FAULT, "P1017"),
    TOO_MANY_CONNECTIONS(208, FAULT, "P2037"),
    TIMED_OUT(209, FAULT, "P1008"),
    DATABASE_ERROR(210, FAULT),
    TARGET_IS_STANDBY(211, REFUSAL),
    LOCK_NOT_OBTAINED(212, FAULT, "P1002"),
    ROW_SECURITY_HIDES_ROWS(213, FAULT),
    SERVER_TOO_OLD(214, FAULT),
    AUDIT_UNAVAILABLE(215, REFUSAL),
    STATISTICS_OFF(216, REFUSAL),
    TARGET_IS_DISTRIBUTED(217, REFUSAL),

    MIGRATIONS_NOT_FOUND(301, FAULT),
    ENGINE_AMBIGUOUS(302, FAULT),
    PROVIDER_MISMATCH(303, REFUSAL, "P3019"),
    SCHEMA_NOT_EMPTY(304, REFUSAL, "P3005"),
    HISTORY_HAS_FAILED(305, REFUSAL, "P3009"),
    MIGRATION_FAILED(306, REFUSAL, "P3018"),
    MIGRATION_FILE_MISSING(307, FAULT, "P3015"),
    ALREADY_APPLIED(308, REFUSAL, "P3008"),
    NEVER_APPLIED(309, REFUSAL, "P3011"),
    NOT_FAILED(310, REFUSAL, "P3012"),
    MIGRATION_UNKNOWN(311, FAULT, "P3017"),
    HISTORY_ABSENT(312, REFUSAL),
    HISTORY_UNSOUND(313, REFUSAL),
    DEPLOY_DIGEST_DIFFERS(314, REFUSAL),
    MIGRATION_OUTCOME_UNKNOWN(315, FAULT),
    MIGRATIONS_REJECTED(316, REFUSAL),
    FLYWAY_REFUSED(317, FAULT),
    DEPLOY_INCOMPLETE(318, REFUSAL),
    MIGRATION_UNREADABLE(319, FAULT),
    MIGRATION_ORDER_UNCLEAR(320, REFUSAL),
    HISTORY_MALFORMED(321, FAULT),

    TABLE_UNKNOWN(401, FAULT),
    COLUMN_UNKNOWN(402, FAULT),
    TABLE_UNSUPPORTED(403, REFUSAL),
    KEY_TYPE_UNSUPPORTED(404, REFUSAL),
    KEY_NULL_IN_SOURCE(405, REFUSAL),
    KEY_DUPLICATE_IN_SOURCE(406, REFUSAL),
    KEY_DUPLICATE_IN_TARGET(407, REFUSAL),
    TYPE_MISMATCH(408, REFUSAL),
    VALUE_NOT_EXACT(409, REFUSAL),
    COLUMN_NOT_PROVIDED(410, REFUSAL),
    FOREIGN_KEY_CYCLE(411, REFUSAL),
    PROTECTED_OVERWRITE(412, REFUSAL),
    SURROGATE_REFERENCED(413, REFUSAL),
    CONFLICTS_FOUND(414, REFUSAL),
    DIGEST_DIFFERS(415, REFUSAL),
    UNIQUE_COLLISION(416, REFUSAL),
    ROWS_BLOCKED(417, REFUSAL),
    VERIFICATION_FAILED(418, REFUSAL),
    PROTECTED_TABLE_TOUCHED(419, REFUSAL),
    UNPLANNED_TABLE_TOUCHED(420, REFUSAL),
    OUTCOME_UNKNOWN(421, FAULT),
    CONSTRAINT_VIOLATED(422, REFUSAL),
    WHERE_INVALID(423, FAULT),
    // 424 said that ids differ where a reference was carried as it is; references now go through natural keys.
    TARGET_KEEPS_CHANGING(425, FAULT),
    COLUMN_UNSUPPORTED(426, REFUSAL),
    APPLY_LOST(427, FAULT),
    REFERENCE_UNTRANSLATABLE(428, REFUSAL),

    REPORT_NOT_WRITTEN(501, FAULT),
    GITHUB_CONTEXT_MISSING(502, FAULT),
    GITHUB_UNREACHABLE(503, FAULT),
    GITHUB_ACCESS_DENIED(504, FAULT),
    GITHUB_ANSWER_MALFORMED(505, FAULT),
    GITHUB_ENVIRONMENT_UNKNOWN(506, FAULT),
    GITHUB_REVIEWERS_NOT_REQUIRED(507, REFUSAL),
    GITHUB_NOT_APPROVED(508, REFUSAL),
    GITHUB_DIGEST_NOT_APPROVED(509, REFUSAL),
    REPORT_UNREADABLE(510, FAULT);

    private final int number;
    private final Kind kind;
    private final @Nullable String prismaCode;

    Code(int number, Kind kind) {
        this(number, kind, null);
    }

    Code(int number, Kind kind, @Nullable String prismaCode) {
        this.number = number;
        this.kind = kind;
        this.prismaCode = prismaCode;
    }

    /** What tests, workflows and the docs key on: {@code DBOPS-412}. */
    public String id() {
        return "DBOPS-" + number;
    }

    /** Refusal or fault; decides which of Maven's two exceptions ends the build. */
    public Kind kind() {
        return kind;
    }

    /** The code under which Prisma's users know this problem, where there is one. */
    public Optional<String> prismaCode() {
        return Optional.ofNullable(prismaCode);
    }
}
