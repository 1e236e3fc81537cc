package com.example;

public final class Labels {

    public static final String FIRST = "made in " + System.getProperty("dbops.none", "Java");

    private Labels() {}
}
