package io.github.dbops.world;

/** A world as a person can run it by hand. */
final class Replay {

    private Replay() {}

    /** Both scripts, the plan, and how to call them. */
    static String of(World world) {
        return """
                -- Seed %d: PostgreSQL %d to %d. Run both parts with psql, the plan with mvn dbops:sync.
                -- Default schemas: %s and %s. Words for protected tables: %s.
                -- ---- source ----
                %s%s
                -- ---- target ----
                %s%s
                -- ---- sync-plan.json ----
                %s""".formatted(
                        world.seed(),
                        world.source().majorVersion(),
                        world.target().majorVersion(),
                        world.source().schema(),
                        world.target().schema(),
                        world.spelling().words(),
                        WorldScript.extensions(),
                        WorldScript.of(world, Side.SOURCE),
                        WorldScript.extensions(),
                        WorldScript.of(world, Side.TARGET),
                        WorldPlan.of(world));
    }
}
