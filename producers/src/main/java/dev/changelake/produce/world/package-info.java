/** Says what lives on the mock platform, and when: pure functions of a seed, sizes and days. */
package dev.changelake.produce.world;
