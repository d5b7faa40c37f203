// Package deadline is the working calendar of China, time limits as offices write them, and running periods.
package deadline
