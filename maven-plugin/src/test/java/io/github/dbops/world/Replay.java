package io.github.dbops.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A world as a person can run it by hand: a script for each side, and the plan. */
final class Replay {

    private final World world;

    Replay(World world) {
        this.world = world;
    }

    /** Writes {@code source.sql}, {@code target.sql} and {@code sync-plan.json} into a folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("source.sql"), script(Side.SOURCE));
        Files.writeString(folder.resolve("target.sql"), script(Side.TARGET));
        Files.writeString(folder.resolve("sync-plan.json"), WorldPlan.of(world));
    }

    /** All three, one after the other. */
    @Override
    public String toString() {
        return script(Side.SOURCE) + "\n" + script(Side.TARGET) + "\n-- sync-plan.json\n" + WorldPlan.of(world);
    }

    private String script(Side side) {
        return """
                -- %s of world %d: PostgreSQL %d, schema %s%s
                %s%s""".formatted(
                        side,
                        world.seed(),
                        world.place(side).majorVersion(),
                        world.place(side).schema(),
                        world.spelling().words() == World.Words.SAID ? ", with both words for protected tables" : "",
                        WorldScript.extensions(),
                        WorldScript.of(world, side));
    }
}
