package io.github.dbops.world;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws a world by a seed: schemas, rows, plan. */
final class WorldGenerator {

    private final int sourceVersion;
    private final int targetVersion;

    /** Worlds between servers of these major versions. */
    WorldGenerator(int sourceVersion, int targetVersion) {
        this.sourceVersion = sourceVersion;
        this.targetVersion = targetVersion;
    }

    /** The world of a seed, the same each time. */
    World world(long seed) {
        for (int attempt = 0; ; attempt++) {
            try {
                return world(seed, new Dice(new Random(seed * 1_000 + attempt)));
            } catch (RowGenerator.Impossible drawnInVain) {
                if (attempt == 99) {
                    throw drawnInVain;
                }
            }
        }
    }

    private World world(long seed, Dice dice) {
        Set<Trouble> troubles = troubles(dice);
        Names names = new Names(dice);
        List<TableDraft> tables = tables(dice, names, troubles);
        new PlanGenerator(dice, troubles, tables).draw();
        RowGenerator rows = new RowGenerator(dice, troubles, tables);
        rows.draw();
        List<Table> finished = tables.stream().map(table -> table.table(dice)).toList();
        boolean words = !troubles.contains(Trouble.PROTECTED)
                && (dice.chance(10) || tables.stream().anyMatch(PlanGenerator::needsWords));
        boolean sideEffects = !troubles.contains(Trouble.TOUCHED)
                && finished.stream().anyMatch(table -> table.audited() == Table.Audited.YES);
        String schema = dice.pick(List.of("public", "shop", "Shop"));
        boolean elsewhere = dice.chance(15);
        World.Names spelled = elsewhere || dice.chance(70) ? World.Names.BARE : World.Names.QUALIFIED;
        return new World(
                seed,
                new World.Place(elsewhere ? "staging" : schema, sourceVersion),
                new World.Place(schema, targetVersion),
                used(types(dice, troubles), finished),
                finished,
                new World.Spelling(
                        spelled,
                        words ? World.Words.SAID : World.Words.UNSAID,
                        sideEffects ? World.SideEffects.ALLOWED : World.SideEffects.FORBIDDEN,
                        dice.chance(50) ? World.Samples.VALUES : World.Samples.UNSAID,
                        dice.chance(70) ? World.Recording.SAID : World.Recording.UNSAID),
                dice.shuffled(rows.rows(Side.SOURCE)),
                dice.shuffled(rows.rows(Side.TARGET)));
    }

    /** Mostly none; else trouble of rows more often than of schemas, since that is seen before any row is. */
    private Set<Trouble> troubles(Dice dice) {
        Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
        if (dice.chance(55)) {
            return troubles;
        }
        int count = dice.chance(75) ? 1 : 2;
        while (troubles.size() < count) {
            List<Trouble> kind = dice.chance(80) ? Trouble.OF_ROWS : Trouble.OF_SCHEMAS;
            troubles.add(dice.pick(kind));
        }
        return troubles;
    }

    private List<TableDraft> tables(Dice dice, Names names, Set<Trouble> troubles) {
        ReferenceGenerator references = new ReferenceGenerator(dice, names, troubles);
        TableGenerator generator = new TableGenerator(dice, names, troubles, references);
        List<TableDraft> tables = new ArrayList<>();
        int count = dice.between(2, 6);
        for (int i = 0; i < count; i++) {
            TableDraft table = new TableDraft(i, names.table(), role(dice, i == count - 1));
            generator.draw(table, tables);
            tables.add(table);
        }
        references.circles(tables);
        return tables;
    }

    private static TableDraft.Role role(Dice dice, boolean last) {
        int choice = last ? 0 : dice.between(0, 99);
        if (choice < 72) {
            return TableDraft.Role.PLANNED;
        }
        return choice < 84 ? TableDraft.Role.LOOKUP : choice < 92 ? TableDraft.Role.UNLISTED : TableDraft.Role.SKIPPED;
    }

    /** The same types on both sides, with object ids of their own; the enum's labels may stand in another order, or be more. */
    private static List<World.UserType> types(Dice dice, Set<Trouble> troubles) {
        List<String> labels = List.of("'happy'", "'sad'", "'it''s'");
        List<String> more = new ArrayList<>(dice.chance(50) ? labels : dice.shuffled(labels));
        if (dice.chance(30)) {
            more.add(dice.between(0, more.size()), "'more'");
        }
        List<String> sources = new ArrayList<>(labels);
        if (troubles.contains(Trouble.INEXACT)) {
            sources.add(WorldScript.literal(Alphabets.SOURCE_LABEL));
        }
        String mood = "CREATE TYPE \"Mood\" AS ENUM (%s)";
        List<World.UserType> types = new ArrayList<>();
        types.add(new World.UserType(
                mood.formatted(String.join(", ", sources)), mood.formatted(String.join(", ", more))));
        for (String same : List.of(
                "CREATE DOMAIN \"Slug\" AS text CHECK (VALUE <> 'forbidden')",
                "CREATE DOMAIN \"Mail\" AS ext.citext",
                "CREATE DOMAIN \"Positive\" AS integer",
                "CREATE TYPE \"Money\" AS (amount numeric, \"Mood\" \"Mood\", note text)",
                "CREATE TYPE \"Span\" AS RANGE (subtype = double precision)")) {
            types.add(new World.UserType(same, same));
        }
        return types;
    }

    /** The types that columns have, and those that these are made of. */
    private static List<World.UserType> used(List<World.UserType> types, List<Table> tables) {
        String all = tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(Column::toString)
                .collect(java.util.stream.Collectors.joining());
        return types.stream()
                .filter(type -> {
                    String name = type.source().split("\"")[1];
                    return all.contains('"' + name + '"') || name.equals("Mood") && all.contains("\"Money\"");
                })
                .toList();
    }
}
