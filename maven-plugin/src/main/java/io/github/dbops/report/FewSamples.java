package io.github.dbops.report;

import io.github.dbops.sync.Sample;
import io.github.dbops.sync.TableOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rows of a table that a text shows: examples. The page has all that an outcome holds. */
final class FewSamples {

    private static final int MOST_OF_A_KIND = 5;

    private FewSamples() {}

    /** The first five of each kind, in their order. */
    static List<Sample> of(TableOutcome table) {
        Map<Sample.Kind, Integer> seen = new EnumMap<>(Sample.Kind.class);
        List<Sample> few = new ArrayList<>();
        for (Sample sample : table.samples()) {
            if (seen.merge(sample.kind(), 1, Integer::sum) <= MOST_OF_A_KIND) {
                few.add(sample);
            }
        }
        return few;
    }
}
