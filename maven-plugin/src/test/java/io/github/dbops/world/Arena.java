package io.github.dbops.world;

import static java.util.stream.Collectors.joining;

import io.github.dbops.command.SyncFixture;
import io.github.dbops.command.undo.UndoFixture;
import io.github.dbops.postgres.Identifier;
import io.github.dbops.testing.TestDatabase;
import io.github.dbops.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Two databases that see one world after the other, and a third one for the oracle. */
final class Arena implements AutoCloseable {

    private final int sourceVersion;
    private final int targetVersion;
    private final SyncFixture hashing;
    private final SyncFixture exact;
    private final SyncFixture reckless;
    private final UndoFixture undoing;
    private final TestDatabase third;
    private final Connection sourceConnection;
    private final Connection targetConnection;
    private final Connection thirdConnection;

    Arena(TestServer source, TestServer target) throws SQLException {
        sourceVersion = source.majorVersion();
        targetVersion = target.majorVersion();
        hashing = new SyncFixture(source, target, WorldScript.extensions());
        exact = new SyncFixture(hashing).exact();
        reckless = new SyncFixture(hashing).withoutReview();
        undoing = new UndoFixture(new SyncFixture(hashing)).words();
        third = target.createDatabase(WorldScript.extensions());
        sourceConnection = hashing.source.connection();
        targetConnection = hashing.target.connection();
        thirdConnection = third.connection();
        thirdConnection.setAutoCommit(false);
    }

    int sourceVersion() {
        return sourceVersion;
    }

    int targetVersion() {
        return targetVersion;
    }

    /** The operator who compares by hashes, with the folder of reviews that an apply uses. */
    SyncFixture hashing() {
        return hashing;
    }

    /** The operator who compares exactly, in a folder of another. */
    SyncFixture exact() {
        return exact;
    }

    /** The operator who applies whatever is found. */
    SyncFixture reckless() {
        return reckless;
    }

    /** The operator who takes applies back, in a folder of another. */
    UndoFixture undoing() {
        return undoing;
    }

    Scratch scratch(Side side) {
        return new Scratch(side == Side.SOURCE ? sourceConnection : targetConnection);
    }

    /** The operators write the world's plan and call for its schemas. */
    void plan(World world) {
        boolean said = world.spelling().words() == World.Words.SAID;
        for (SyncFixture fixture : List.of(hashing, exact, reckless)) {
            fixture.plan(WorldPlan.of(world));
            fixture.from(fixture.source.url()).to(fixture.target.url());
            if (world.spelling().names() == World.Names.BARE) {
                fixture.from(SyncFixture.inSchema(
                        fixture.source.url(), world.source().schema()));
                fixture.to(SyncFixture.inSchema(
                        fixture.target.url(), world.target().schema()));
            }
            if (said) {
                fixture.words();
            } else {
                fixture.words(false, Optional.empty());
            }
        }
    }

    /** Builds a side anew; nothing of another world is left there. */
    void load(World world, Side side) {
        String others = List.of("public", "shop", "Shop", "staging").stream()
                .map(schema -> "DROP SCHEMA IF EXISTS " + Identifier.quote(schema) + " CASCADE;")
                .collect(joining());
        scratch(side).run("SET client_min_messages = warning;" + others + WorldScript.of(world, side));
        scratch(side).pin(world.place(side).schema());
    }

    /** An oracle for the two databases as they are now; the one before it ends. */
    Oracle oracle(World world) throws SQLException {
        thirdConnection.rollback();
        return new Oracle(world, sourceConnection, targetConnection, thirdConnection);
    }

    @Override
    public void close() throws SQLException {
        sourceConnection.close();
        targetConnection.close();
        thirdConnection.rollback();
        thirdConnection.close();
        third.close();
        exact.close();
        reckless.close();
        undoing.close();
        hashing.close();
    }
}
