package io.github.dbops.sync.undo;

import io.github.dbops.sync.UndoState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How every row of a run stands, and which of them stand or fall together. About 30 bytes a row, and 14 for each time that
 * a row depends on another, whatever the rows hold.
 */
final class Ledger {

    private static final UndoState[] STATES = UndoState.values();
    private static final int NONE = -1;

    private final byte[] states;
    private final int[] relations;
    private final long[] tuples;
    private final short[] reasons;
    private final List<String> texts = new ArrayList<>(List.of(""));
    private int[] places = {};
    private int[] heads = {};
    private int[] next = new int[16];
    private int[] dependent = new int[16];
    private short[] because = new short[16];
    private byte[] becomes = new byte[16];
    private int edges;

    /** So many rows, none of which is told yet. */
    Ledger(int rows) {
        states = new byte[rows];
        Arrays.fill(states, (byte) NONE);
        relations = new int[rows];
        tuples = new long[rows];
        reasons = new short[rows];
    }

    int size() {
        return states.length;
    }

    UndoState state(int row) {
        return STATES[states[row]];
    }

    boolean isTold(int row) {
        return states[row] != NONE;
    }

    String reason(int row) {
        return texts.get(reasons[row]);
    }

    /** The partition or table that holds the row; an object id. */
    int relation(int row) {
        return relations[row];
    }

    /** Where in it the row lies, as a tid's number. */
    long tuple(int row) {
        return tuples[row];
    }

    void tell(int row, UndoState state, String reason) {
        states[row] = (byte) state.ordinal();
        reasons[row] = reason(reason);
    }

    void place(int row, int relation, long tuple) {
        relations[row] = relation;
        tuples[row] = tuple;
    }

    /** The row that was to be reverted and lies there; below 0: none. All rows must be told before. */
    int find(int relation, long tuple) {
        if (places.length == 0) {
            index();
        }
        for (int at = slot(relation, tuple); ; at = at + 1 & places.length - 1) {
            int row = places[at] - 1;
            if (row < 0 || (relations[row] == relation && tuples[row] == tuple)) {
                return row;
            }
        }
    }

    private void index() {
        places = new int[Math.max(16, Integer.highestOneBit(Math.max(1, states.length)) * 4)];
        for (int row = 0; row < states.length; row++) {
            if (state(row).isReverted()) {
                int at = slot(relations[row], tuples[row]);
                while (places[at] != 0) {
                    at = at + 1 & places.length - 1;
                }
                places[at] = row + 1;
            }
        }
    }

    private int slot(int relation, long tuple) {
        long mixed = (tuple ^ ((long) relation << 40)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & places.length - 1;
    }

    /** A row that was to be reverted is left; others with it, see {@link #depend}. */
    void leave(int row, UndoState state, String reason) {
        if (state(row).isReverted()) {
            tell(row, state, reason);
        }
    }

    /** Where the one row is left, the other must be left too. */
    void depend(int on, int row, UndoState state, String reason) {
        if (!state(on).isReverted()) {
            leave(row, state, reason);
            return;
        }
        if (edges == next.length) {
            int more = edges * 2;
            next = Arrays.copyOf(next, more);
            dependent = Arrays.copyOf(dependent, more);
            because = Arrays.copyOf(because, more);
            becomes = Arrays.copyOf(becomes, more);
        }
        if (heads.length == 0) {
            heads = new int[states.length];
        }
        dependent[edges] = row;
        because[edges] = reason(reason);
        becomes[edges] = (byte) state.ordinal();
        next[edges] = heads[on];
        heads[on] = ++edges;
    }

    /** Lets what depends on rows that are left be left, until nothing changes any more. */
    void settle() {
        if (edges == 0) {
            return;
        }
        int[] open = new int[states.length];
        int count = 0;
        for (int row = 0; row < states.length; row++) {
            if (!state(row).isReverted()) {
                open[count++] = row;
            }
        }
        while (count > 0) {
            int row = open[--count];
            for (int edge = heads[row]; edge != 0; edge = next[edge - 1]) {
                int other = dependent[edge - 1];
                if (state(other).isReverted()) {
                    states[other] = becomes[edge - 1];
                    reasons[other] = because[edge - 1];
                    open[count++] = other;
                }
            }
        }
    }

    private short reason(String text) {
        int known = texts.lastIndexOf(text);
        if (known < 0) {
            known = texts.size();
            texts.add(text);
        }
        return (short) known;
    }
}
