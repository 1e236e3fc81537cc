package io.github.dbops.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the tests take from a plan's JSON, read by other code than the product's; and the plan, changed. */
public final class SamplePlan {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final JsonNode root;

    /** A plan's text. */
    public SamplePlan(String json) {
        root = JSON.readTree(json);
    }

    /**
     * The natural keys of its tables that are not skipped, by {@code schema.table}, a bare name being of schema public;
     * in the plan's order.
     */
    public Map<String, List<String>> keys() {
        String usual = root.path("defaults").path("mode").asString("skip");
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (JsonNode table : root.path("tables")) {
            String name = table.path("name").asString();
            if (!table.path("mode").asString(usual).equals("skip")) {
                keys.put(name.contains(".") ? name : "public." + name, columns(table, "key"));
            }
        }
        return keys;
    }

    /** The same plan, every table that has a key with {@code "ids": "keep"}. */
    public String keepingIds() {
        return changed("ids", "keep");
    }

    /**
     * The same plan, every table that has a key switched to upsert and local_wins, the others as they are. A plan that
     * {@code dbops:init} drafts says skip throughout; this is what a user makes of it who wants everything.
     */
    public String overwriting() {
        return new SamplePlan(changed("mode", "upsert")).changed("onConflict", "local_wins");
    }

    private String changed(String field, String value) {
        JsonNode copy = root.deepCopy();
        for (JsonNode table : copy.path("tables")) {
            if (table.path("key").size() > 0) {
                ((ObjectNode) table).put(field, value);
            }
        }
        return JSON.writeValueAsString(copy);
    }

    private static List<String> columns(JsonNode table, String field) {
        return table.path(field).valueStream().map(JsonNode::asString).toList();
    }
}
