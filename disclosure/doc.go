// Package disclosure is the office: the one door through which an agency's disclosure work goes.
package disclosure
