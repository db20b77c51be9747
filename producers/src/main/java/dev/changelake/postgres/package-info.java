/** How producers reach the source database, and how they tell that it refuses or is away. */
package dev.changelake.postgres;
