package io.github.dbops.migration;

/** How Prisma's migrations are sent; spec section 4, {@code dbops.prisma.execution}. */
public enum PrismaExecution {
    /** As {@link #FILE}, and as {@link #STATEMENT} where PostgreSQL answers that it cannot be done in one transaction. */
    AUTO,
    /** Each file in one transaction, as Prisma does up to 7.3. */
    FILE,
    /** Each statement for itself, as Prisma does from 7.4 on. */
    STATEMENT
}
