console.error('the key file cannot be read');
process.exit(7);
