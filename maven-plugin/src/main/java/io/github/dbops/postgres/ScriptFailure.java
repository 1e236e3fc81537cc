package io.github.dbops.postgres;

import java.util.List;

/** A script that the server refused, and how far it had come. */
public final class ScriptFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SqlFailure answer;
    private final int completed;
    private final transient List<String> notices;

    ScriptFailure(SqlFailure answer, int completed, List<String> notices) {
        super(answer.getMessage(), answer);
        this.answer = answer;
        this.completed = completed;
        this.notices = List.copyOf(notices);
    }

    /** The server's or the driver's answer. */
    public SqlFailure answer() {
        return answer;
    }

    /** How many statements the server had completed before, whether or not they are undone now. */
    public int completed() {
        return completed;
    }

    /** What the server said before, as {@code NOTICE: text}. */
    public List<String> notices() {
        return notices;
    }
}
