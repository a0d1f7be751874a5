/* Wires the rooms together, nothing else. */
int main(void)
{
	return 0;
}
