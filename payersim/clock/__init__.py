"""What happens when: files are taken, answers fall due, and payers change their mind."""
